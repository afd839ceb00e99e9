package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes JSON trees in a style. */
final class TreeWriter {
    private final JsonGenerator out;
    private final Style style;

    TreeWriter(JsonGenerator out, Style style) {
        this.out = out;
        this.style = style;
    }

    void key(String name) throws IOException {
        out.writeFieldName(style.camel() ? KeyNames.camel(name) : name);
    }

    void write(JsonNode node) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                members((ObjectNode) node);
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : node) {
                    write(element);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(node.textValue());
            default -> out.writeTree(node);
        }
    }

    void members(ObjectNode object) throws IOException {
        if (style.order() == null) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                key(member.getKey());
                write(member.getValue());
            }
            return;
        }
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        names.sort(style.order());
        for (String name : names) {
            key(name);
            write(object.get(name));
        }
    }
}
