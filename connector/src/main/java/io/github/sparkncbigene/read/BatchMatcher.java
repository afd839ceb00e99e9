package io.github.sparkncbigene.read;

import io.github.sparkncbigene.plan.Identifier;
import io.github.sparkncbigene.plan.IdentifierKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says which of the identifiers asked for a report is the answer to: the one its {@code query} echoes exactly; else the
 * one that is the same without its version; else the one that a warning says was replaced. A report that echoes
 * something nobody asked for is kept under the identifier NCBI names. What it says of an identifier does not depend on
 * which others are in the batch: where others leave a doubt, it says so.
 */
public final class BatchMatcher {
    private final IdentifierKind kind;
    private final Map<String, List<Identifier>> asked = new LinkedHashMap<>();
    private final Map<String, List<Identifier>> askedByBase = new HashMap<>();
    private final Set<Identifier> matched = new HashSet<>();

    /**
     * @param kind under which a report is kept whose identifier nobody asked for; null for a whole taxon
     * @param identifiers asked for in one batch, each once
     */
    public BatchMatcher(IdentifierKind kind, List<Identifier> identifiers) {
        this.kind = kind;
        for (Identifier identifier : identifiers) {
            asked.computeIfAbsent(identifier.asked(), text -> new ArrayList<>(1))
                    .add(identifier);
            askedByBase
                    .computeIfAbsent(base(identifier.asked()), base -> new ArrayList<>(1))
                    .add(identifier);
        }
    }

    /**
     * Which identifiers a report answers.
     *
     * @param now those that were requested and that it answers for certain
     * @param inDoubt those that were requested and that it may answer: other versions of an accession that was
     *     requested in several. A request without the other versions tells.
     * @param foreign those that NCBI names and nobody requested, where it answers none that was requested
     */
    public record Hits(List<Identifier> now, List<Identifier> inDoubt, List<Identifier> foreign) {
        Hits(List<Identifier> now) {
            this(now, List.of(), List.of());
        }

        /** The same, with what is in doubt taken as answered. */
        Hits withoutDoubt() {
            return new Hits(Stream.concat(now.stream(), inDoubt.stream()).toList(), List.of(), foreign);
        }

        /** Whether it answers, or may answer, anything that was requested. */
        boolean isRequested() {
            return !now.isEmpty() || !inDoubt.isEmpty();
        }
    }

    /**
     * The identifiers that a report answers.
     *
     * @param query what the report echoes, or names of its own
     * @param requested what its warnings say was asked for where something else is returned
     */
    public Hits hits(List<String> query, List<String> requested) {
        if (query.size() == 1 && requested.isEmpty()) {
            // Nearly all reports.
            List<Identifier> exact = asked.getOrDefault(query.get(0), List.of());
            if (!exact.isEmpty()
                    && exact.size() == askedByBase.get(base(query.get(0))).size()) {
                matched.addAll(exact);
                return new Hits(exact);
            }
        }
        Set<Identifier> now = new LinkedHashSet<>();
        Set<Identifier> inDoubt = new LinkedHashSet<>();
        Set<Identifier> unknown = new LinkedHashSet<>();
        for (String echoed : query) {
            List<Identifier> exact = asked.getOrDefault(echoed, List.of());
            List<Identifier> sameBase = askedByBase.getOrDefault(base(echoed), List.of());
            if (!exact.isEmpty()) {
                now.addAll(exact);
                sameBase.stream().filter(other -> !exact.contains(other)).forEach(inDoubt::add);
            } else if (sameBase.isEmpty()) {
                unknown.add(new Identifier(kind, echoed));
            } else if (isOne(sameBase)) {
                now.addAll(sameBase);
            } else {
                inDoubt.addAll(sameBase);
            }
        }
        for (String replaced : requested) {
            List<Identifier> known = known(replaced);
            (asked.containsKey(replaced) || isOne(known) ? now : inDoubt).addAll(known);
        }
        inDoubt.removeAll(now);
        matched.addAll(now);
        boolean foreign = now.isEmpty() && inDoubt.isEmpty();
        return new Hits(List.copyOf(now), List.copyOf(inDoubt), foreign ? List.copyOf(unknown) : List.of());
    }

    /** The identifiers that stand among a report's names, or among what it says was asked for, as they were sent. */
    public List<Identifier> exactly(List<String> names, List<String> requested) {
        Set<Identifier> now = new LinkedHashSet<>();
        names.forEach(name -> now.addAll(asked.getOrDefault(name, List.of())));
        requested.forEach(name -> now.addAll(asked.getOrDefault(name, List.of())));
        matched.addAll(now);
        return List.copyOf(now);
    }

    /** Whether all of these, if there are any, are sent as one and the same text. */
    private static boolean isOne(List<Identifier> identifiers) {
        return identifiers.stream().map(Identifier::asked).distinct().count() <= 1;
    }

    /** Divides identifiers so that no part holds two versions of one accession: alone, each echo is its own. */
    public List<List<Identifier>> apart(List<Identifier> identifiers) {
        List<List<Identifier>> parts = new ArrayList<>();
        Map<String, List<String>> sentByBase = new HashMap<>();
        for (Identifier identifier : identifiers) {
            List<String> sent = sentByBase.computeIfAbsent(base(identifier.asked()), none -> new ArrayList<>(2));
            if (!sent.contains(identifier.asked())) {
                sent.add(identifier.asked());
            }
            int part = sent.indexOf(identifier.asked());
            if (part == parts.size()) {
                parts.add(new ArrayList<>());
            }
            parts.get(part).add(identifier);
        }
        return parts;
    }

    /** The identifiers asked for that these names echo, exactly or but for the version; nothing is answered by that. */
    public Set<Identifier> knownAs(List<String> names) {
        Set<Identifier> known = new LinkedHashSet<>();
        names.forEach(name -> known.addAll(known(name)));
        return known;
    }

    private List<Identifier> known(String name) {
        return asked.getOrDefault(name, askedByBase.getOrDefault(base(name), List.of()));
    }

    /** Whether any of these was asked for, whatever its version. */
    public boolean knowsOneOf(List<String> echoed) {
        return echoed.stream().anyMatch(text -> askedByBase.containsKey(base(text)));
    }

    /** Whether a report so far answers the identifier. */
    public boolean isMatched(Identifier identifier) {
        return matched.contains(identifier);
    }

    /** Takes an identifier as answered. */
    public void match(Identifier identifier) {
        matched.add(identifier);
    }

    /** The only identifier asked for, if it is the only one: then every report of the batch answers it. */
    public List<Identifier> single() {
        List<Identifier> all = all();
        return all.size() == 1 ? all : List.of();
    }

    /** The identifiers that no report answered, in the order asked. */
    public List<Identifier> unmatched() {
        return all().stream()
                .filter(identifier -> !matched.contains(identifier))
                .toList();
    }

    private List<Identifier> all() {
        return asked.values().stream().flatMap(List::stream).toList();
    }

    /** The identifier without its version and without regard to case; of accessions only. */
    private String base(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        int dot = upper.lastIndexOf('.');
        boolean versioned =
                kind == IdentifierKind.ACCESSION && dot > 0 && dot < upper.length() - 1 && isNumber(upper, dot + 1);
        return versioned ? upper.substring(0, dot) : upper;
    }

    private static boolean isNumber(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!Character.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
