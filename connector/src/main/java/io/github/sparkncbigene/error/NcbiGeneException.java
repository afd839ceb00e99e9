package io.github.sparkncbigene.error;

import java.util.regex.Pattern;

/**
 * An error of the connector: its message starts with a stable code in brackets and ends with what to do. On the driver
 * it is of what was given, and an {@link IllegalArgumentException}: PySpark shows that by its message alone, others by
 * their stack trace.
 */
public final class NcbiGeneException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Line breaks of every kind and other control characters, with the white space around them. */
    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*[\\p{Cc}\\u2028\\u2029&&[^\\t]]+\\s*");

    /** The stable code. */
    private final ErrorCode code;

    /**
     * An error with no other behind it.
     *
     * @param code the stable code
     * @param message what happened, with which value, in whole sentences
     */
    public NcbiGeneException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /**
     * An error that another one led to.
     *
     * @param code the stable code
     * @param message what happened, with which value, in whole sentences
     * @param cause what lies below, or null
     */
    public NcbiGeneException(ErrorCode code, String message, Throwable cause) {
        super("[" + code.code() + "] " + oneLine(message), cause);
        this.code = code;
    }

    /** Python finds the message by its line, and a log keeps it in one piece; a parser's or a server's words may not. */
    private static String oneLine(String message) {
        return LINE_BREAKS.matcher(message).replaceAll(" ");
    }

    /** {@return the stable code} */
    public ErrorCode code() {
        return code;
    }
}
