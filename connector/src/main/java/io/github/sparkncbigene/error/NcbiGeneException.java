package io.github.sparkncbigene.error;

/** An error of the connector: its message starts with a stable code in brackets and ends with what to do. */
public final class NcbiGeneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * @param code the stable code
     * @param message what happened, with which value, in whole sentences
     */
    public NcbiGeneException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /**
     * @param code the stable code
     * @param message what happened, with which value, in whole sentences
     * @param cause what lies below, or null
     */
    public NcbiGeneException(ErrorCode code, String message, Throwable cause) {
        super("[" + code.code() + "] " + message, cause);
        this.code = code;
    }

    /** The stable code. */
    public ErrorCode code() {
        return code;
    }
}
