package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.report.Warnings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A warning or error of NCBI about a report, or of the connector about a row. Absent members are null.
 *
 * @param invalidIdentifiers null if there are none
 */
public record NcbiWarning(
        String code,
        String reason,
        String message,
        String requested,
        String returned,
        String unrecognizedIdentifier,
        List<String> invalidIdentifiers) {

    /** Creates a warning of the connector. */
    public static NcbiWarning own(String code, String message) {
        return new NcbiWarning(code, null, message, null, null, null, null);
    }

    /** Creates a warning of the connector about a malformed identifier. */
    public static NcbiWarning invalid(Identifier identifier, String message) {
        String code = Warnings.INVALID + identifier.kind().name();
        return new NcbiWarning(code, null, message, null, null, null, List.of(identifier.text()));
    }

    /** Creates a warning with the service's message about an identifier that it rejects. */
    public static NcbiWarning refused(String identifier, String message) {
        return new NcbiWarning(Warnings.NOT_FOUND, null, message, null, null, identifier, null);
    }

    /** Returns the identifiers concerned; none if the warning is about a report or a request as a whole. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        add(names, requested);
        add(names, unrecognizedIdentifier);
        if (invalidIdentifiers != null) {
            names.addAll(invalidIdentifiers);
        }
        return names;
    }

    /** Returns true if the warning concerns some identifiers only. */
    public boolean namesAny() {
        return requested != null
                || unrecognizedIdentifier != null
                || (invalidIdentifiers != null && !invalidIdentifiers.isEmpty());
    }

    /** Returns NCBI's message, or else its reason or its code; empty if there is none of them. */
    public String words() {
        return Stream.of(message, reason, code)
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse("");
    }

    /** Returns the first text among the warnings, for quoting after a statement; empty if none has a text. */
    public static String words(List<NcbiWarning> warnings) {
        return warnings.stream()
                .map(warning -> warning.message() != null ? warning.message() : warning.reason())
                .filter(Objects::nonNull)
                .findFirst()
                .map(words -> ", which says '" + words + "'")
                .orElse("");
    }

    /** Reads the object, or array of objects, at whose start the parser stands. */
    static void read(JsonParser json, List<NcbiWarning> into, DecodedSize size) throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    into.add(readOne(json, size));
                } else {
                    json.skipChildren();
                }
            }
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
            into.add(readOne(json, size));
        }
    }

    private static NcbiWarning readOne(JsonParser json, DecodedSize size) throws IOException {
        size.element();
        String code = null;
        String reason = null;
        String message = null;
        String[] replaced = new String[2];
        String unrecognized = null;
        List<String> invalid = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "reason" -> reason = text(json, size);
                case "message" -> message = text(json, size);
                case "replaced_id", "replacedId" -> replaced(json, replaced, size);
                case "unrecognized_identifier", "unrecognizedIdentifier" -> unrecognized = text(json, size);
                case "invalid_identifiers", "invalidIdentifiers" -> invalid = texts(json, size);
                default -> {
                    // gene_warning_code, gene_error_code, and the codes of NCBI's other services
                    if (name.endsWith("_code") || name.endsWith("Code")) {
                        code = text(json, size);
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
        return new NcbiWarning(code, reason, message, replaced[0], replaced[1], unrecognized, invalid);
    }

    private static void replaced(JsonParser json, String[] requestedAndReturned, DecodedSize size) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            String value = text(json, size);
            if (name.equals("requested")) {
                requestedAndReturned[0] = value;
            } else if (name.equals("returned")) {
                requestedAndReturned[1] = value;
            }
        }
    }

    /** Reads the texts of an array, or a single text. */
    static List<String> texts(JsonParser json, DecodedSize size) throws IOException {
        List<String> texts = new ArrayList<>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                add(texts, text(json, size));
            }
        } else {
            add(texts, text(json, size));
        }
        return texts;
    }

    private static void add(List<String> texts, String text) {
        if (text != null) {
            texts.add(text);
        }
    }

    private static String text(JsonParser json, DecodedSize size) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken().isScalarValue()) {
            String text = json.getText();
            size.text(text);
            return text;
        }
        json.skipChildren();
        return null;
    }
}
