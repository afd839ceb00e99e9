package io.github.sparkncbigene.rows;

/**
 * Decides whether reduced reports are enough. NCBI does not document which members reduced reports have, so the first
 * response decides for all later ones.
 */
public final class Narrowing {
    private boolean decided;
    private boolean refuted;

    /** Records a response; one insufficient response decides for good. */
    void decide(boolean enough) {
        decided = true;
        refuted |= !enough;
    }

    public boolean isDecided() {
        return decided;
    }

    public boolean isRefuted() {
        return refuted;
    }
}
