package io.github.sparkncbigene.benchmarks;

import io.github.sparkncbigene.testkit.SyntheticGenes;

/** Prints the accessions of the first so many made-up genes, one a line. */
public final class Accessions {
    private Accessions() {}

    public static void main(String[] args) {
        StringBuilder lines = new StringBuilder();
        for (long i = 0; i < Long.parseLong(args[0]); i++) {
            lines.append(SyntheticGenes.accession(i)).append('\n');
        }
        System.out.print(lines);
    }
}
