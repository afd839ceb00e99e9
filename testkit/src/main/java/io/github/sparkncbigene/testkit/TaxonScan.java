package io.github.sparkncbigene.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/** All genes of a taxon; synthetic genes are numbered, not stored. */
final class TaxonScan {
    private final Genes genes;
    private final GeneRequest request;
    private final long seed;

    TaxonScan(Genes genes, GeneRequest request, long seed) {
        this.genes = genes;
        this.request = request;
        this.seed = seed;
    }

    /** Returns true if the gene passes the request's filters. */
    static boolean isWanted(Gene gene, GeneRequest request) {
        if (!request.types().isEmpty() && !request.types().contains(gene.type())) {
            return false;
        }
        if (request.query().isEmpty()) {
            return true;
        }
        String words = gene.words();
        return Arrays.stream(request.query().toLowerCase(Locale.ROOT).split("\\s+", -1))
                .allMatch(words::contains);
    }

    /** Returns the genes, and adds messages about identifiers that match none. */
    Hits hits(List<Warning> messages) {
        Set<Long> taxa = genes.taxonomy().resolve(request.taxon(), request.subtree());
        List<? extends Gene> stored = genes.stored().stream()
                .filter(gene -> taxa.contains(gene.taxId()) && isWanted(gene, request))
                .toList();
        long[] residues = LongStream.range(0, 10)
                .filter(residue -> taxa.contains(SyntheticGenes.taxId(residue)))
                .toArray();
        long synthetic = LongStream.of(residues)
                .map(residue -> (genes.synthetic() - residue + 9) / 10)
                .sum();
        LongUnaryOperator number = k -> k / residues.length * 10 + residues[(int) (k % residues.length)];
        if (request.types().isEmpty() && request.query().isEmpty()) {
            return hits(stored, synthetic, number, messages);
        }
        long[] wanted = LongStream.range(0, synthetic)
                .map(number)
                .filter(i -> isWanted(genes.synthetic(i), request))
                .toArray();
        return hits(stored, wanted.length, k -> wanted[(int) k], messages);
    }

    private Hits hits(List<? extends Gene> stored, long synthetic, LongUnaryOperator number, List<Warning> messages) {
        long size = stored.size() + synthetic;
        Shuffle shuffle = new Shuffle(size, seed);
        return new Hits(
                size,
                index -> {
                    long n = shuffle.at(index);
                    Gene gene = n < stored.size()
                            ? stored.get((int) n)
                            : genes.synthetic(number.applyAsLong(n - stored.size()));
                    return new Hit(gene, List.of(), List.of());
                },
                messages);
    }
}
