package io.github.sparkncbigene.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The genes held in memory, by every kind of identifier. */
final class GeneStore {
    private final Map<Long, StoredGene> byId = new LinkedHashMap<>();
    private final Map<Long, StoredGene> byReplacedId = new HashMap<>();
    private final Map<String, List<StoredGene>> byExactAccession = new HashMap<>();
    private final Map<String, Map<StoredGene, Integer>> versions = new HashMap<>();
    private final Map<String, List<StoredGene>> byLocusTag = new HashMap<>();
    private final Map<String, List<StoredGene>> bySymbol = new HashMap<>();

    GeneStore(Collection<StoredGene> genes) {
        genes.forEach(this::add);
    }

    Collection<StoredGene> genes() {
        return byId.values();
    }

    List<Found> byAccession(String accession) {
        List<StoredGene> exact = byExactAccession.get(accession);
        if (exact != null) {
            return exact.stream().map(Found::current).toList();
        }
        Accession asked = Accession.parse(accession);
        List<Found> found = new ArrayList<>();
        versions.getOrDefault(asked.base(), Map.of()).forEach((gene, version) -> {
            if (asked.version() == 0) {
                found.add(Found.current(gene));
            } else if (asked.version() < version) {
                found.add(Found.superseded(gene, asked.base() + "." + version));
            }
        });
        return found;
    }

    List<Found> byGeneId(long id) {
        StoredGene gene = byId.get(id);
        if (gene != null) {
            return List.of(Found.current(gene));
        }
        StoredGene replacement = byReplacedId.get(id);
        return replacement == null
                ? List.of()
                : List.of(Found.superseded(replacement, Long.toString(replacement.id())));
    }

    List<Found> byLocusTag(String tag) {
        return byLocusTag.getOrDefault(tag, List.of()).stream()
                .map(Found::current)
                .toList();
    }

    /** Returns the genes with that symbol or synonym, of any organism. */
    List<Found> bySymbol(String symbol) {
        return bySymbol.getOrDefault(key(symbol), List.of()).stream()
                .map(Found::current)
                .toList();
    }

    private void add(StoredGene gene) {
        byId.put(gene.id(), gene);
        long replaced = gene.report().path("replaced_gene_id").asLong();
        if (replaced != 0) {
            byReplacedId.put(replaced, gene);
        }
        for (String accession : gene.accessions()) {
            append(byExactAccession, accession, gene);
            Accession parsed = Accession.parse(accession);
            versions.computeIfAbsent(parsed.base(), base -> new LinkedHashMap<>())
                    .merge(gene, parsed.version(), Math::max);
        }
        if (!gene.locusTag().isEmpty()) {
            append(byLocusTag, gene.locusTag(), gene);
        }
        append(bySymbol, key(gene.symbol()), gene);
        for (String synonym : gene.synonyms()) {
            append(bySymbol, key(synonym), gene);
        }
    }

    private static void append(Map<String, List<StoredGene>> index, String key, StoredGene gene) {
        List<StoredGene> genes = index.computeIfAbsent(key, k -> new ArrayList<>());
        if (!genes.contains(gene)) {
            genes.add(gene);
        }
    }

    private static String key(String symbol) {
        return symbol.toLowerCase(Locale.ROOT);
    }
}
