package io.github.sparkncbigene.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** All genes of the service: those held in memory, and the synthetic ones. */
final class Genes {
    private final GeneStore store;
    private final Taxonomy taxonomy;
    private final long synthetic;
    private final boolean compact;

    Genes(Collection<StoredGene> stored, long synthetic, boolean compact) {
        this.store = new GeneStore(stored);
        this.taxonomy = new Taxonomy(stored);
        this.synthetic = synthetic;
        this.compact = compact;
    }

    Taxonomy taxonomy() {
        return taxonomy;
    }

    Collection<StoredGene> stored() {
        return store.genes();
    }

    /** Returns the number of synthetic genes. */
    long synthetic() {
        return synthetic;
    }

    Gene synthetic(long i) {
        return new SyntheticGene(i, compact);
    }

    List<Found> byAccession(String accession) {
        List<Found> found = store.byAccession(accession);
        if (synthetic == 0) {
            return found;
        }
        return SyntheticGenes.byAccession(accession)
                .filter(transcript ->
                        transcript.gene() < synthetic && transcript.askedVersion() <= transcript.currentVersion())
                .map(transcript -> and(
                        found,
                        new Found(synthetic(transcript.gene()), isCurrent(transcript) ? null : transcript.current())))
                .orElse(found);
    }

    List<Found> byGeneId(long id) {
        OptionalLong replaced = exists(SyntheticGenes.byReplacedId(id));
        if (replaced.isPresent()) {
            Gene gene = synthetic(replaced.getAsLong());
            return and(store.byGeneId(id), Found.superseded(gene, Long.toString(gene.id())));
        }
        return andSynthetic(store.byGeneId(id), SyntheticGenes.byGeneId(id));
    }

    List<Found> byLocusTag(String tag) {
        return andSynthetic(store.byLocusTag(tag), SyntheticGenes.byLocusTag(tag));
    }

    List<Found> bySymbol(String symbol, Set<Long> taxa) {
        return andSynthetic(store.bySymbol(symbol), SyntheticGenes.bySymbol(symbol)).stream()
                .filter(found -> taxa.contains(found.gene().taxId()))
                .toList();
    }

    private static boolean isCurrent(SyntheticGenes.Transcript transcript) {
        return transcript.askedVersion() == 0 || transcript.askedVersion() == transcript.currentVersion();
    }

    private OptionalLong exists(OptionalLong i) {
        return i.isPresent() && i.getAsLong() < synthetic ? i : OptionalLong.empty();
    }

    private List<Found> andSynthetic(List<Found> stored, OptionalLong i) {
        return exists(i).isPresent() ? and(stored, Found.current(synthetic(i.getAsLong()))) : stored;
    }

    private static List<Found> and(List<Found> found, Found another) {
        List<Found> all = new ArrayList<>(found);
        all.add(another);
        return all;
    }
}
