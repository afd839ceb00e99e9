package io.github.sparkncbigene.spec;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the requested identifiers that a report belongs to: the one that its {@code query} echoes exactly; otherwise
 * the one that is equal without its version; otherwise the one that a warning says was replaced. A report that echoes
 * an identifier that was not requested keeps NCBI's identifier. The result for an identifier does not depend on the
 * other identifiers in the batch: if they leave a doubt, the result says so.
 */
public final class BatchMatcher {
    private final Optional<IdentifierKind> kind;
    private final boolean isOfAccessions;
    private final Map<String, List<Identifier>> requested = new LinkedHashMap<>();
    private final Map<String, List<Identifier>> requestedByBase = new HashMap<>();
    private final Set<Identifier> matched = new HashSet<>();

    public BatchMatcher(IdentifierBatch batch) {
        this.kind = batch.kind();
        this.isOfAccessions = batch.isOf(IdentifierKind.ACCESSION);
        for (Identifier identifier : batch.requested()) {
            requested
                    .computeIfAbsent(identifier.requested(), text -> new ArrayList<>(1))
                    .add(identifier);
            requestedByBase
                    .computeIfAbsent(base(identifier.requested()), base -> new ArrayList<>(1))
                    .add(identifier);
        }
    }

    /**
     * The requested identifiers that a report belongs to.
     *
     * @param now requested identifiers that the report certainly belongs to
     * @param inDoubt requested identifiers that the report may belong to: other versions of an accession that was
     *     requested in several versions. A request without the other versions settles it.
     * @param foreign identifiers that NCBI names and nobody requested, if the report belongs to no requested one
     */
    public record Hits(List<Identifier> now, List<Identifier> inDoubt, List<Identifier> foreign) {
        public Hits(List<Identifier> now) {
            this(now, List.of(), List.of());
        }

        /** Returns the same hits with doubtful identifiers taken as certain. */
        public Hits withoutDoubt() {
            return new Hits(Stream.concat(now.stream(), inDoubt.stream()).toList(), List.of(), foreign);
        }

        /** Returns true if the report belongs, or may belong, to a requested identifier. */
        public boolean isRequested() {
            return !now.isEmpty() || !inDoubt.isEmpty();
        }
    }

    /**
     * Returns the identifiers that a report belongs to.
     *
     * @param query identifiers that the report echoes, or its own names
     * @param named identifiers that its warnings call requested, if NCBI returned others
     */
    public Hits hits(List<String> query, List<String> named) {
        if (query.size() == 1 && named.isEmpty()) {
            // This is the case for nearly all reports.
            List<Identifier> exact = requested.getOrDefault(query.get(0), List.of());
            if (!exact.isEmpty()
                    && exact.size() == requestedByBase.get(base(query.get(0))).size()) {
                matched.addAll(exact);
                return new Hits(exact);
            }
        }
        Set<Identifier> now = new LinkedHashSet<>();
        Set<Identifier> inDoubt = new LinkedHashSet<>();
        Set<Identifier> unknown = new LinkedHashSet<>();
        for (String echoed : query) {
            List<Identifier> exact = requested.getOrDefault(echoed, List.of());
            List<Identifier> sameBase = requestedByBase.getOrDefault(base(echoed), List.of());
            if (!exact.isEmpty()) {
                now.addAll(exact);
                sameBase.stream().filter(other -> !exact.contains(other)).forEach(inDoubt::add);
            } else if (sameBase.isEmpty()) {
                unknown.add(new Identifier(kind.orElseThrow(), echoed));
            } else if (isOne(sameBase)) {
                now.addAll(sameBase);
            } else {
                inDoubt.addAll(sameBase);
            }
        }
        for (String replaced : named) {
            List<Identifier> known = known(replaced);
            (requested.containsKey(replaced) || isOne(known) ? now : inDoubt).addAll(known);
        }
        inDoubt.removeAll(now);
        matched.addAll(now);
        boolean foreign = now.isEmpty() && inDoubt.isEmpty();
        return new Hits(List.copyOf(now), List.copyOf(inDoubt), foreign ? List.copyOf(unknown) : List.of());
    }

    /**
     * Returns the identifiers that exactly equal, as they were sent, one of the report's names or of the identifiers it
     * calls requested.
     */
    public List<Identifier> exactly(List<String> names, List<String> named) {
        Set<Identifier> now = new LinkedHashSet<>();
        names.forEach(name -> now.addAll(requested.getOrDefault(name, List.of())));
        named.forEach(name -> now.addAll(requested.getOrDefault(name, List.of())));
        matched.addAll(now);
        return List.copyOf(now);
    }

    /**
     * Returns the identifiers that equal one of the names, as they were sent, or all of it but its version; marks none
     * as matched.
     */
    public List<Identifier> inAnyVersion(List<String> names) {
        Set<Identifier> now = new LinkedHashSet<>();
        for (String name : names) {
            now.addAll(requested.getOrDefault(name, List.of()));
            int dot = name.lastIndexOf('.');
            if (dot > 0) {
                now.addAll(requested.getOrDefault(name.substring(0, dot), List.of()));
            }
        }
        return List.copyOf(now);
    }

    /** Returns the identifiers with a report, in the requested order. */
    public List<Identifier> matched() {
        return all().stream().filter(matched::contains).toList();
    }

    /** Returns true if all identifiers are sent as the same text, or there are none. */
    private static boolean isOne(List<Identifier> identifiers) {
        return identifiers.stream().map(Identifier::requested).distinct().count() <= 1;
    }

    /**
     * Divides identifiers so that no part holds two versions of one accession. In its part, each echo belongs to one
     * identifier.
     */
    public List<List<Identifier>> apart(List<Identifier> identifiers) {
        List<List<Identifier>> parts = new ArrayList<>();
        Map<String, List<String>> sentByBase = new HashMap<>();
        for (Identifier identifier : identifiers) {
            List<String> sent = sentByBase.computeIfAbsent(base(identifier.requested()), none -> new ArrayList<>(2));
            if (!sent.contains(identifier.requested())) {
                sent.add(identifier.requested());
            }
            int part = sent.indexOf(identifier.requested());
            if (part == parts.size()) {
                parts.add(new ArrayList<>());
            }
            parts.get(part).add(identifier);
        }
        return parts;
    }

    /** Returns the requested identifiers that the names echo, exactly or without the version; marks none as matched. */
    public Set<Identifier> knownAs(List<String> names) {
        Set<Identifier> known = new LinkedHashSet<>();
        names.forEach(name -> known.addAll(known(name)));
        return known;
    }

    private List<Identifier> known(String name) {
        return requested.getOrDefault(name, requestedByBase.getOrDefault(base(name), List.of()));
    }

    /** Returns true if any of the identifiers was requested, in any version. */
    public boolean knowsOneOf(List<String> echoed) {
        return echoed.stream().anyMatch(text -> requestedByBase.containsKey(base(text)));
    }

    /** Returns true if an earlier report belongs to the identifier. */
    public boolean isMatched(Identifier identifier) {
        return matched.contains(identifier);
    }

    /** Marks an identifier as matched. */
    public void match(Identifier identifier) {
        matched.add(identifier);
    }

    /** Returns the requested identifier if it is the only one: every report of the batch belongs to it. */
    public List<Identifier> single() {
        List<Identifier> all = all();
        return all.size() == 1 ? all : List.of();
    }

    /** Returns the identifiers without a report, in the requested order. */
    public List<Identifier> unmatched() {
        return all().stream()
                .filter(identifier -> !matched.contains(identifier))
                .toList();
    }

    private List<Identifier> all() {
        return requested.values().stream().flatMap(List::stream).toList();
    }

    /** Returns an accession without its version, in one letter case. */
    private String base(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        int dot = upper.lastIndexOf('.');
        boolean versioned = isOfAccessions && dot > 0 && dot < upper.length() - 1 && isNumber(upper, dot + 1);
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
