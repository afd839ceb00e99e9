package io.github.sparkncbigene.read;

/**
 * Whether asking for less than whole reports is enough: which members such reports have is not documented, so the first
 * answer decides for all that follow.
 */
final class Narrowing {
    private boolean decided;
    private boolean refuted;

    /** Takes note of an answer; one that was not enough stands for good. */
    void decide(boolean enough) {
        decided = true;
        refuted |= !enough;
    }

    boolean isDecided() {
        return decided;
    }

    boolean isRefuted() {
        return refuted;
    }
}
