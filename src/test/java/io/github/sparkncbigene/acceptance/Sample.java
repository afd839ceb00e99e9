package io.github.sparkncbigene.acceptance;

import java.util.ArrayList;
import java.util.List;

/**
 * How much is tried of what has many cases: all of them or, as {@code make matrix} wants it on Sparks beside the default one, a
 * sample, in which every method is still.
 */
final class Sample {
    private static final boolean WANTED = Boolean.getBoolean("ncbi.gene.sample");

    private Sample() {}

    /** For what is not worth a test on every Spark, or disturbed by another that runs beside. */
    static boolean isWanted() {
        return WANTED;
    }

    /** All of them, or the first of every so many. */
    static <T> List<T> oneIn(int every, List<T> cases) {
        List<T> some = new ArrayList<>();
        for (int i = 0; i < cases.size(); i += WANTED ? every : 1) {
            some.add(cases.get(i));
        }
        return some;
    }

    /** As many, or one in so many. */
    static int oneIn(int every, int cases) {
        return WANTED ? Math.max(1, cases / every) : cases;
    }
}
