package io.github.sparkncbigene.testkit;

import java.util.List;
import java.util.function.LongFunction;

/**
 * The result of a request, in the order of its pages. A hit may be built only when it is read.
 *
 * @param messages warnings about identifiers that match nothing
 */
record Hits(long size, LongFunction<Hit> at, List<Warning> messages) {
    static Hits of(List<Hit> hits, List<Warning> messages) {
        return new Hits(hits.size(), index -> hits.get((int) index), messages);
    }
}
