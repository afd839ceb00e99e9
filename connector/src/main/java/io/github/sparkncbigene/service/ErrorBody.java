package io.github.sparkncbigene.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** What the service says in an error's body: the message of NCBI's JSON, or the start of whatever text came. */
record ErrorBody(String message) {
    private static final int SHOWN = 300;
    private static final int READ = 8192;
    private static final JsonFactory JSON = new JsonFactory();

    /** @param hidden takes the key out of a text */
    static ErrorBody of(Answer answer, UnaryOperator<String> hidden) {
        String text;
        try (InputStream body = answer.body()) {
            text = new String(body.readNBytes(READ), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return new ErrorBody("");
        }
        return new ErrorBody(shorten(hidden.apply(text.startsWith("{") ? jsonMessage(text) : plain(text))));
    }

    private static String jsonMessage(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            String error = "";
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (name.equals("message")
                        && value == JsonToken.VALUE_STRING
                        && !json.getText().isBlank()) {
                    return json.getText();
                }
                if (name.equals("error") && value == JsonToken.VALUE_STRING) {
                    error = json.getText();
                }
                json.skipChildren();
            }
            return error;
        } catch (IOException e) {
            return plain(text);
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
