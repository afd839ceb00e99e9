package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.json.Utf8Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads a JSON array. A single value in place of an array counts as an array of one. */
public final class ListReader implements ValueReader {
    private final ValueReader element;
    private final Function<List<Object>, Object> form;

    /**
     * @param element reads one element
     * @param form builds the value from the elements
     */
    public ListReader(ValueReader element, Function<List<Object>, Object> form) {
        this.element = element;
        this.form = form;
    }

    @Override
    public Object read(Utf8Json json, ReportValues into) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        List<Object> elements = new ArrayList<>();
        if (token == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                into.size().element();
                elements.add(element.read(json, into));
            }
        } else {
            elements.add(element.read(json, into));
        }
        return form.apply(elements);
    }
}
