package io.github.sparkncbigene.testkit;

/** A request that the service rejects as the client's error, with its status and message. */
final class InvalidRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    InvalidRequest(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Returns status 400 with the wording of NCBI's gateway. */
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
