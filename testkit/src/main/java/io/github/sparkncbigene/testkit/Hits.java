package io.github.sparkncbigene.testkit;

import java.util.List;
import java.util.function.LongFunction;

/**
 * All answers to a request, in the order of its pages; a hit may be made only when it is asked for.
 *
 * @param messages warnings about identifiers that hit nothing
 */
record Hits(long size, LongFunction<Hit> at, List<Warning> messages) {
    static Hits of(List<Hit> hits, List<Warning> messages) {
        return new Hits(hits.size(), index -> hits.get((int) index), messages);
    }
}
