package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.report.FieldType;
import io.github.sparkncbigene.report.ReportNode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A cell of NCBI's tabular report as a typed value. Whatever NCBI leaves empty in a table is null, in every format: a
 * missing value, 0, an empty text, and the first word of an enumeration.
 */
public final class TabularCell {
    private static final Set<UTF8String> FIRST_WORDS =
            Set.of("UNKNOWN", "rna_UNKNOWN", "none", "SELECT_UNKNOWN", "Unknown").stream()
                    .map(UTF8String::fromString)
                    .collect(Collectors.toUnmodifiableSet());

    private TabularCell() {}

    /** Returns true if some texts are invalid values of this field. */
    public static boolean isTyped(ReportNode node) {
        return !node.repeated() && node.type() != FieldType.STRING && node.type() != FieldType.ENUM;
    }

    /** Converts a value read from JSON; returns null for a value that NCBI leaves empty in a table. */
    public static Object blankToNull(ReportNode node, Object value) {
        if (value == null) {
            return null;
        }
        return switch (node.type()) {
            case UINT64 -> (Long) value == 0 ? null : value;
            case INT -> (Integer) value == 0 ? null : value;
            case ENUM -> FIRST_WORDS.contains(value) ? null : textOrNull((UTF8String) value);
            case STRING -> textOrNull((UTF8String) value);
            case DATE, GROUP -> value;
        };
    }

    /** Joins the elements of a scalar list by commas; returns null if there are none. */
    public static Object joined(List<Object> elements) {
        String text = elements.stream().map(e -> Objects.toString(e, "")).collect(Collectors.joining(","));
        return textOrNull(UTF8String.fromString(text));
    }

    /** Parses a cell of a TSV response. */
    public static Object parse(ReportNode node, String text, MalformedValues malformed) {
        if (text.isEmpty()) {
            return null;
        }
        FieldType type = node.repeated() ? FieldType.STRING : node.type();
        Object value =
                switch (type) {
                    case STRING, ENUM -> UTF8String.fromString(text);
                    case UINT64 -> ScalarReaders.parseInt64(text);
                    case INT -> ScalarReaders.parseInt32(text);
                    case DATE -> ScalarReaders.parseDate(text);
                    case GROUP -> throw new IllegalArgumentException(node.path() + " is no table field");
                };
        if (value == null) {
            return malformed.remark(node, text);
        }
        return node.repeated() ? value : blankToNull(node, value);
    }

    private static UTF8String textOrNull(UTF8String text) {
        return text.numBytes() == 0 ? null : text;
    }
}
