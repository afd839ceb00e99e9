package io.github.sparkncbigene.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.service.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The message in the body of an error: from NCBI's JSON, or the start of any other text. */
record ErrorBody(String message) {
    private static final int SHOWN = 300;
    private static final int READ = 8192;
    private static final JsonFactory JSON = new JsonFactory();

    /** @param hidden removes the key from a text */
    static ErrorBody of(Response response, UnaryOperator<String> hidden) {
        String text;
        try (InputStream body = response.body()) {
            text = new String(body.readNBytes(READ), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return new ErrorBody("");
        }
        return new ErrorBody(shorten(hidden.apply(text.startsWith("{") ? jsonMessage(text) : plain(text))));
    }

    private static String jsonMessage(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            String message = "";
            String error = "";
            List<String> invalid = new ArrayList<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (name.equals("message") && value == JsonToken.VALUE_STRING) {
                    message = json.getText();
                }
                if (name.equals("error") && value == JsonToken.VALUE_STRING) {
                    error = json.getText();
                }
                if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY || name.startsWith("invalid")) {
                    addInvalid(json, name, invalid);
                }
            }
            String words = message.isBlank() ? error : message;
            invalid.removeIf(words::contains);
            return invalid.isEmpty() ? words : words + " Invalid: " + String.join(", ", invalid);
        } catch (IOException e) {
            return plain(text);
        }
    }

    /** Collects the identifiers that NCBI calls invalid, wherever they appear in a value. */
    private static void addInvalid(JsonParser json, String name, List<String> invalid) throws IOException {
        boolean here = name.equals("invalid_identifiers") || name.equals("invalidIdentifiers");
        int depth = json.currentToken().isStructStart() ? 1 : 0;
        if (here && depth == 0 && json.currentToken() == JsonToken.VALUE_STRING) {
            invalid.add(json.getText());
        }
        boolean listed = here;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == null) {
                return;
            } else if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                listed = field.equals("invalid_identifiers") || field.equals("invalidIdentifiers");
            } else if (listed && token == JsonToken.VALUE_STRING) {
                invalid.add(json.getText());
            }
        }
    }

    private static String plain(String text) {
        return text.replaceAll("(?s)<(script|style).*?</\\1>", " ")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
    }
}
