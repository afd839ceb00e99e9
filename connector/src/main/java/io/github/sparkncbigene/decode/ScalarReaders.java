package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.apache.spark.unsafe.types.UTF8String;

/** Readers of single values, one for each of NCBI's types. */
final class ScalarReaders {
    private static final int MAX_LONG_DIGITS = 18;

    private ScalarReaders() {}

    static ValueReader of(ReportNode node) {
        return switch (node.type()) {
            case STRING, ENUM -> (json, into) -> text(json, node, into.malformed());
            case UINT64 -> (json, into) -> int64(json, node, into.malformed());
            case INT -> (json, into) -> int32(json, node, into.malformed());
            case DATE -> (json, into) -> date(json, node, into.malformed());
            case GROUP -> throw new IllegalArgumentException(node.path() + " is no scalar");
        };
    }

    /** The text of a scalar token as Spark holds text, without a String between. */
    static UTF8String utf8(JsonParser json) throws IOException {
        char[] chars = json.getTextCharacters();
        int offset = json.getTextOffset();
        int length = json.getTextLength();
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = chars[offset + i];
            if (c >= 0x80) {
                return UTF8String.fromBytes(new String(chars, offset, length).getBytes(StandardCharsets.UTF_8));
            }
            bytes[i] = (byte) c;
        }
        return UTF8String.fromBytes(bytes);
    }

    /** The value of a text as a number that fits a BIGINT; null where it is none. */
    static Long parseInt64(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The value of a text as a number that fits an INT; null where it is none. */
    static Integer parseInt32(String text) {
        Long value = parseInt64(text);
        return value != null && value.intValue() == value.longValue() ? (Integer) value.intValue() : null;
    }

    /** Days since 1970-01-01 of YYYY-MM-DD, with or without a time behind; null where it is no date. */
    static Integer parseDate(String text) {
        String day = text.length() > 10 && text.charAt(10) == 'T' ? text.substring(0, 10) : text;
        try {
            return Math.toIntExact(LocalDate.parse(day).toEpochDay());
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    private static Object text(JsonParser json, ReportNode node, MalformedValues malformed) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return token.isScalarValue() ? utf8(json) : malformed.skip(json, node);
    }

    private static Object int64(JsonParser json, ReportNode node, MalformedValues malformed) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
            return malformed.skip(json, node);
        }
        char[] chars = json.getTextCharacters();
        int offset = json.getTextOffset();
        int length = json.getTextLength();
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = chars[offset + i] - '0';
            if (digit < 0 || digit > 9 || length > MAX_LONG_DIGITS) {
                return unusual(json, node, malformed);
            }
            value = value * 10 + digit;
        }
        return length == 0 ? unusual(json, node, malformed) : (Object) value;
    }

    private static Object unusual(JsonParser json, ReportNode node, MalformedValues malformed) throws IOException {
        String text = json.getText();
        Long value = parseInt64(text);
        return value != null ? value : malformed.remark(node, text);
    }

    private static Object int32(JsonParser json, ReportNode node, MalformedValues malformed) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
            return malformed.skip(json, node);
        }
        String text = json.getText();
        Integer value = parseInt32(text);
        return value != null ? value : malformed.remark(node, text);
    }

    private static Object date(JsonParser json, ReportNode node, MalformedValues malformed) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            return malformed.skip(json, node);
        }
        Integer days = parseDate(json.getText());
        return days != null ? days : malformed.remark(node, json.getText());
    }
}
