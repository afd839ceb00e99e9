package io.github.sparkncbigene.testkit;

/**
 * The gene that an identifier matches.
 *
 * @param gene the gene
 * @param returned the current identifier if the requested one is superseded; null otherwise
 */
record Found(Gene gene, String returned) {
    static Found current(Gene gene) {
        return new Found(gene, null);
    }

    static Found superseded(Gene gene, String returned) {
        return new Found(gene, returned);
    }
}
