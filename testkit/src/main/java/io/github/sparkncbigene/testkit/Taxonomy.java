package io.github.sparkncbigene.testkit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A tiny part of NCBI's taxonomy: the organisms of the built-in genes and the taxa above them. */
final class Taxonomy {
    /**
     * An organism or a group of them.
     *
     * @param names the scientific name, then others
     */
    record Taxon(long id, long parent, Rank rank, List<String> names) {
        String scientificName() {
            return names.get(0);
        }
    }

    /** The ranks of NCBI's taxonomy that are used here. */
    enum Rank {
        ABOVE_SPECIES,
        SPECIES,
        BELOW_SPECIES
    }

    private static final List<Taxon> BUILT_IN = List.of(
            new Taxon(1, 0, Rank.ABOVE_SPECIES, List.of("root")),
            new Taxon(2, 1, Rank.ABOVE_SPECIES, List.of("Bacteria", "eubacteria")),
            new Taxon(562, 2, Rank.SPECIES, List.of("Escherichia coli", "E. coli")),
            new Taxon(83333, 562, Rank.BELOW_SPECIES, List.of("Escherichia coli K-12")),
            new Taxon(511145, 83333, Rank.BELOW_SPECIES, List.of("Escherichia coli str. K-12 substr. MG1655")),
            new Taxon(2759, 1, Rank.ABOVE_SPECIES, List.of("Eukaryota", "eukaryotes")),
            new Taxon(4932, 2759, Rank.SPECIES, List.of("Saccharomyces cerevisiae", "brewer's yeast", "baker's yeast")),
            new Taxon(559292, 4932, Rank.BELOW_SPECIES, List.of("Saccharomyces cerevisiae S288C")),
            new Taxon(7742, 2759, Rank.ABOVE_SPECIES, List.of("Vertebrata", "vertebrates")),
            new Taxon(7955, 7742, Rank.SPECIES, List.of("Danio rerio", "zebrafish")),
            new Taxon(40674, 7742, Rank.ABOVE_SPECIES, List.of("Mammalia", "mammals")),
            new Taxon(9606, 40674, Rank.SPECIES, List.of("Homo sapiens", "human")),
            new Taxon(10090, 40674, Rank.SPECIES, List.of("Mus musculus", "house mouse", "mouse")),
            new Taxon(10116, 40674, Rank.SPECIES, List.of("Rattus norvegicus", "Norway rat", "rat")));

    private final Map<Long, Taxon> taxa = new LinkedHashMap<>();
    private final Map<Long, Long> parents = new LinkedHashMap<>();
    private final Map<String, Long> byName = new LinkedHashMap<>();

    /** Creates the built-in tree with the organisms of the genes. */
    Taxonomy(Iterable<? extends Gene> genes) {
        for (Taxon taxon : BUILT_IN) {
            taxa.put(taxon.id(), taxon);
            parents.put(taxon.id(), taxon.parent());
            taxon.names().forEach(name -> byName.put(key(name), taxon.id()));
        }
        for (Gene gene : genes) {
            parents.putIfAbsent(gene.taxId(), 1L);
            taxa.computeIfAbsent(gene.taxId(), id -> taxon(gene));
            for (String member : List.of("taxname", "common_name")) {
                String name = Json.text(gene.report(), member);
                if (!name.isEmpty()) {
                    byName.putIfAbsent(key(name), gene.taxId());
                }
            }
        }
    }

    /** Returns the taxon with that ID or name, with all taxa below it if {@code subtree}; empty if there is none. */
    Set<Long> resolve(String taxon, boolean subtree) {
        Optional<Long> root = find(taxon);
        if (root.isEmpty()) {
            return Set.of();
        }
        Set<Long> taxa = new LinkedHashSet<>();
        taxa.add(root.get());
        if (subtree) {
            for (Long id : parents.keySet()) {
                if (isBelow(id, root.get())) {
                    taxa.add(id);
                }
            }
        }
        return taxa;
    }

    /** Returns the taxa in the order in which they were added. */
    Iterable<Taxon> all() {
        return taxa.values();
    }

    private static Taxon taxon(Gene gene) {
        List<String> names = Stream.of("taxname", "common_name")
                .map(member -> Json.text(gene.report(), member))
                .filter(name -> !name.isEmpty())
                .toList();
        return new Taxon(gene.taxId(), 1, Rank.SPECIES, names.isEmpty() ? List.of(Long.toString(gene.taxId())) : names);
    }

    private Optional<Long> find(String taxon) {
        if (!taxon.isEmpty() && taxon.length() < 12 && taxon.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long id = Long.parseLong(taxon);
            return parents.containsKey(id) ? Optional.of(id) : Optional.empty();
        }
        return Optional.ofNullable(byName.get(key(taxon)));
    }

    private boolean isBelow(Long id, long root) {
        for (Long taxon = id; taxon != null; taxon = parents.get(taxon)) {
            if (taxon == root) {
                return true;
            }
        }
        return false;
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
