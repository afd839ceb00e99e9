package io.github.sparkncbigene.error;

/**
 * An error that the service or the way to it caused, not what the user gave: it cannot be reached, refuses requests,
 * fails, or sends a response that cannot be used. The message says whether to try again.
 */
public final class NcbiGeneServiceException extends NcbiGeneException {
    private static final long serialVersionUID = 1L;

    NcbiGeneServiceException(ErrorCode code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
