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

/**
 * Says which of the identifiers asked for a report is the answer to: the one its {@code query} echoes exactly; else the
 * one that is the same without its version; else the one that a warning says was replaced. A report that echoes
 * something nobody asked for is kept under the identifier NCBI names.
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
     * @param now those it answers for certain
     * @param unlessMatched those it answers unless another report of the batch turns out to echo them exactly: other
     *     versions of an accession that was asked for in several
     */
    public record Hits(List<Identifier> now, List<Identifier> unlessMatched) {}

    /**
     * The identifiers that a report answers.
     *
     * @param query what the report echoes
     * @param requested what its warnings say was asked for where something else is returned
     */
    public Hits hits(List<String> query, List<String> requested) {
        return hits(query, requested, true);
    }

    /** The same, but names that nobody asked for count for nothing: a report may show names of its own. */
    public Hits askedHits(List<String> names, List<String> requested) {
        return hits(names, requested, false);
    }

    private Hits hits(List<String> query, List<String> requested, boolean keepUnknown) {
        if (query.size() == 1 && requested.isEmpty()) {
            // Nearly all reports.
            List<Identifier> exact = asked.getOrDefault(query.get(0), List.of());
            if (!exact.isEmpty()
                    && exact.size() == askedByBase.get(base(query.get(0))).size()) {
                matched.addAll(exact);
                return new Hits(exact, List.of());
            }
        }
        Set<Identifier> now = new LinkedHashSet<>();
        Set<Identifier> unlessMatched = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String echoed : query) {
            List<Identifier> exact = asked.getOrDefault(echoed, List.of());
            List<Identifier> sameBase = askedByBase.getOrDefault(base(echoed), List.of());
            if (!exact.isEmpty()) {
                now.addAll(exact);
                sameBase.stream().filter(other -> !exact.contains(other)).forEach(unlessMatched::add);
            } else if (sameBase.size() == 1) {
                now.addAll(sameBase);
            } else if (sameBase.isEmpty()) {
                unknown.add(echoed);
            } else {
                unlessMatched.addAll(sameBase);
            }
        }
        for (String replaced : requested) {
            now.addAll(asked.getOrDefault(replaced, List.of()));
        }
        if (keepUnknown && now.isEmpty() && unlessMatched.isEmpty()) {
            unknown.forEach(echoed -> now.add(new Identifier(kind, echoed)));
        }
        unlessMatched.removeAll(now);
        matched.addAll(now);
        return new Hits(List.copyOf(now), List.copyOf(unlessMatched));
    }

    /** The identifiers asked for that these names echo, exactly or but for the version; nothing is answered by that. */
    public Set<Identifier> knownAs(List<String> names) {
        Set<Identifier> known = new LinkedHashSet<>();
        for (String name : names) {
            known.addAll(asked.getOrDefault(name, askedByBase.getOrDefault(base(name), List.of())));
        }
        return known;
    }

    /** Whether any of these was asked for, whatever its version. */
    public boolean knowsOneOf(List<String> echoed) {
        return echoed.stream().anyMatch(text -> asked.containsKey(text) || askedByBase.containsKey(base(text)));
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
