package io.github.sparkncbigene.error;

import java.util.regex.Pattern;

/**
 * An error of the connector. Its message starts with a stable code in brackets and ends with what to do. What the
 * service did is a {@link NcbiGeneServiceException}. All of them are an {@link IllegalArgumentException} because PySpark
 * shows that type by its message alone, and other types with their Java stack trace.
 */
public sealed class NcbiGeneException extends IllegalArgumentException permits NcbiGeneServiceException {
    private static final long serialVersionUID = 1L;

    /** Line breaks of every kind and other control characters, with the white space around them. */
    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*[\\p{Cc}\\u2028\\u2029&&[^\\t]]+\\s*");

    /** The stable code. */
    private final ErrorCode code;

    NcbiGeneException(ErrorCode code, String message, Throwable cause) {
        super("[" + code.code() + "] " + oneLine(message), cause);
        this.code = code;
    }

    /**
     * Returns an error without a cause.
     *
     * @param code the stable code, which decides about the type
     * @param message what happened, with which value, in whole sentences
     * @return the error
     */
    public static NcbiGeneException of(ErrorCode code, String message) {
        return of(code, message, null);
    }

    /**
     * Returns an error that another exception caused.
     *
     * @param code the stable code, which decides about the type
     * @param message what happened, with which value, in whole sentences
     * @param cause the other exception, or null
     * @return the error
     */
    public static NcbiGeneException of(ErrorCode code, String message, Throwable cause) {
        return code.isOfService()
                ? new NcbiGeneServiceException(code, message, cause)
                : new NcbiGeneException(code, message, cause);
    }

    /**
     * Puts the message on one line: Python finds a message by its line, and logs keep it together. Messages of a parser
     * or a server may contain line breaks.
     */
    private static String oneLine(String message) {
        return LINE_BREAKS.matcher(message).replaceAll(" ");
    }

    /** {@return the stable code} */
    public ErrorCode code() {
        return code;
    }
}
