package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;
import java.util.function.Function;

/** Reads a JSON object into its own slots. */
public final class StructReader implements ValueReader {
    private final ReportNode node;
    private final ObjectReader members;
    private final int width;
    private final Function<Object[], Object> form;

    /**
     * @param width how many slots
     * @param form makes the value from the slots
     */
    public StructReader(ReportNode node, ObjectReader members, int width, Function<Object[], Object> form) {
        this.node = node;
        this.members = members;
        this.width = width;
        this.form = form;
    }

    @Override
    public Object read(Utf8Json json, ReportValues into) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Object[] slots = new Object[width];
            members.read(json, slots, into);
            return form.apply(slots);
        }
        return json.currentToken() == JsonToken.VALUE_NULL
                ? null
                : into.malformed().skip(json, node);
    }
}
