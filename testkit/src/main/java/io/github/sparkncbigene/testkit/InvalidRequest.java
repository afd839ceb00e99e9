package io.github.sparkncbigene.testkit;

/** A request the service answers with an error of the client's: the status and what the message says. */
final class InvalidRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    InvalidRequest(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Status 400 in the words of NCBI's gateway. */
    static InvalidRequest argument(String what) {
        return new InvalidRequest(400, "Invalid argument provided: '" + what + "'.");
    }

    static InvalidRequest notFound() {
        return new InvalidRequest(404, "Your request is invalid.");
    }

    int status() {
        return status;
    }
}
