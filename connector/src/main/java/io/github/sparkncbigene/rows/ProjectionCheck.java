package io.github.sparkncbigene.rows;

/**
 * Decides whether reduced reports are enough. NCBI does not document which members reduced reports have, so the first
 * response decides for all later ones.
 */
final class ProjectionCheck {
    private boolean decided;
    private boolean refuted;

    /** Records a response; one insufficient response decides for good. */
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
