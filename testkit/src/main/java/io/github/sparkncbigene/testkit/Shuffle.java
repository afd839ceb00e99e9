package io.github.sparkncbigene.testkit;

/** A permutation of 0 to size - 1 that needs no memory. */
final class Shuffle {
    private final long size;
    private final long factor;
    private final long offset;

    Shuffle(long size, long seed) {
        this.size = size;
        long candidate = Math.max(1, (long) (size * 0.6180339887));
        while (size > 1 && gcd(candidate, size) != 1) {
            candidate++;
        }
        this.factor = candidate;
        this.offset = size == 0 ? 0 : Long.remainderUnsigned(Mix.mix(seed), size);
    }

    // Sizes stay far below the square root of Long.MAX_VALUE.
    long at(long index) {
        return (index * factor + offset) % size;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
