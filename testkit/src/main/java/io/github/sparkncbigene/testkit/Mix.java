package io.github.sparkncbigene.testkit;

/** Deterministic pseudo-random numbers from a key, by SplitMix64's finalizer. */
final class Mix {
    private Mix() {}

    static long mix(long z) {
        z += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long mix(long a, long b) {
        return mix(a ^ mix(b));
    }

    /** Returns a number from 0 to bound - 1. */
    static int below(int bound, long a, long b) {
        return (int) Long.remainderUnsigned(mix(a, b), bound);
    }

    static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(hash);
    }
}
