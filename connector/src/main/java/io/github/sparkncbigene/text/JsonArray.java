package io.github.sparkncbigene.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a JSON array of texts. */
public final class JsonArray {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonArray() {}

    /** Writes texts as a JSON array. */
    static String format(List<String> texts) {
        StringWriter array = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(array)) {
            json.writeStartArray();
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return array.toString();
    }

    /** Returns the array's elements; empty if the text is not an array of texts. */
    public static Optional<List<String>> texts(String text) {
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            // Numbers are GeneIDs; null shows as a missing identifier.
            while (json.nextToken() == JsonToken.VALUE_STRING
                    || json.currentToken() == JsonToken.VALUE_NULL
                    || json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    || json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
                texts.add(json.getText());
            }
            boolean ended = json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == null;
            return ended ? Optional.of(texts) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
