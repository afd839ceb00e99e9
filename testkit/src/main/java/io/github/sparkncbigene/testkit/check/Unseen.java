package io.github.sparkncbigene.testkit.check;

/** The response needed by a check is missing or of another kind. */
final class Unseen extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean answered;

    /**
     * Creates a reason not to check.
     *
     * @param answered true if the request was sent: then this is a deviation
     */
    Unseen(boolean answered, String observed) {
        super(observed, null, false, false);
        this.answered = answered;
    }

    Finding finding() {
        return answered ? Finding.deviates(getMessage()) : Finding.notSeen(getMessage());
    }
}
