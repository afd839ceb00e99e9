package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.json.UnsafeBuffer;
import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Readers of single values, one for each of NCBI's types. */
public final class ScalarReaders {
    /** A number with at most this many digits always fits a BIGINT; likewise for an INT. */
    private static final int SAFE_LONG_DIGITS = 18;

    private static final int SAFE_INT_DIGITS = 9;
    private static final int DAY = "2011-11-01".length();

    private ScalarReaders() {}

    public static UnsafeReader of(ReportNode node) {
        return switch (node.type()) {
            case STRING, ENUM -> new Text(node);
            case UINT64 -> new Int64(node);
            case INT -> new Int32(node);
            case DATE -> new Date(node);
            case GROUP -> throw new IllegalArgumentException(node.path() + " is no scalar");
        };
    }

    /** Parses a text as a BIGINT; returns null for other texts. */
    public static Long parseInt64(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Parses a text as an INT; returns null for other texts. */
    public static Integer parseInt32(String text) {
        Long value = parseInt64(text);
        return value != null && value.intValue() == value.longValue() ? (Integer) value.intValue() : null;
    }

    /** Parses YYYY-MM-DD, with or without a time after it, to days since 1970-01-01; returns null for other texts. */
    public static Integer parseDate(String text) {
        String day = text.length() > DAY && text.charAt(DAY) == 'T' ? text.substring(0, DAY) : text;
        try {
            return Math.toIntExact((isPlain(day) ? plainDate(day) : LocalDate.parse(day)).toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static boolean isPlain(String day) {
        if (day.length() != DAY) {
            return false;
        }
        for (int i = 0; i < DAY; i++) {
            char c = day.charAt(i);
            boolean fits = (i == 4 || i == 7) ? c == '-' : c >= '0' && c <= '9';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static LocalDate plainDate(String day) {
        return LocalDate.of(
                Integer.parseInt(day, 0, 4, 10), Integer.parseInt(day, 5, 7, 10), Integer.parseInt(day, 8, 10, 10));
    }

    /** Returns true if there is no value, or one of another type, which is skipped. */
    private static boolean isNone(Utf8Json json, boolean isOfType, ReportNode node, ReportValues into)
            throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return true;
        }
        if (!isOfType) {
            into.malformed().skip(json, node);
        }
        return !isOfType;
    }

    private static boolean isNumber(JsonToken token) {
        return token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
    }

    /** Stores the number of a text; adds a warning if the text is not a number. */
    private static boolean parsed(Number value, String text, ReportNode node, UnsafeBuffer to, ReportValues into) {
        if (value == null) {
            into.malformed().remark(node, text);
            return false;
        }
        to.value(value.longValue());
        return true;
    }

    private record Text(ReportNode node) implements UnsafeReader {
        @Override
        public int fixedSize() {
            return 0;
        }

        @Override
        public boolean read(Utf8Json json, UnsafeBuffer to, ReportValues into) throws IOException {
            if (isNone(json, json.currentToken().isScalarValue(), node, into)) {
                return false;
            }
            to.value(json.appendText(to));
            return true;
        }
    }

    private record Int64(ReportNode node) implements UnsafeReader {
        @Override
        public int fixedSize() {
            return Long.BYTES;
        }

        @Override
        public boolean read(Utf8Json json, UnsafeBuffer to, ReportValues into) throws IOException {
            long digits = json.digits(SAFE_LONG_DIGITS);
            if (digits >= 0) {
                to.value(digits);
                return true;
            }
            if (isNone(json, isNumber(json.currentToken()), node, into)) {
                return false;
            }
            String text = json.getText();
            return parsed(parseInt64(text), text, node, to, into);
        }
    }

    private record Int32(ReportNode node) implements UnsafeReader {
        @Override
        public int fixedSize() {
            return Integer.BYTES;
        }

        @Override
        public boolean read(Utf8Json json, UnsafeBuffer to, ReportValues into) throws IOException {
            if (isNone(json, isNumber(json.currentToken()), node, into)) {
                return false;
            }
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() <= SAFE_INT_DIGITS) {
                to.value(json.getIntValue());
                return true;
            }
            String text = json.getText();
            return parsed(parseInt32(text), text, node, to, into);
        }
    }

    private record Date(ReportNode node) implements UnsafeReader {
        @Override
        public int fixedSize() {
            return Integer.BYTES;
        }

        @Override
        public boolean read(Utf8Json json, UnsafeBuffer to, ReportValues into) throws IOException {
            if (isNone(json, json.currentToken() == JsonToken.VALUE_STRING, node, into)) {
                return false;
            }
            String text = json.getText();
            return parsed(parseDate(text), text, node, to, into);
        }
    }
}
