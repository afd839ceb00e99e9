package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the members of a JSON object that are wanted into slots, and passes over the others. */
final class ObjectReader {
    /** What becomes of a member: the parser is at its value's first token, and is left at its last. */
    interface Member {
        void read(JsonParser json, Object[] slots, ReportValues into) throws IOException;
    }

    private final Map<String, Member> members = new HashMap<>();

    /** Adds a member under its name and under the camelCase form that NCBI's data packages use. */
    ObjectReader with(String name, Member member) {
        members.put(name, member);
        members.put(camelCase(name), member);
        return this;
    }

    /** A member whose value goes into a slot. */
    ObjectReader withSlot(String name, int slot, ValueReader reader) {
        return with(name, (json, slots, into) -> slots[slot] = reader.read(json, into));
    }

    /** A member that is an object, whose own members go into the same slots. */
    ObjectReader withInline(ReportNode node, ObjectReader inner) {
        return with(node.name(), (json, slots, into) -> {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                inner.read(json, slots, into);
            } else if (json.currentToken() != JsonToken.VALUE_NULL) {
                into.malformed().skip(json, node);
            }
        });
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    Member member(String name) {
        return members.get(name);
    }

    /** Reads the object that the parser is at the start of. */
    void read(JsonParser json, Object[] slots, ReportValues into) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            Member member = members.get(name);
            JsonToken value = json.nextToken();
            if (member != null) {
                member.read(json, slots, into);
            } else if (value.isStructStart()) {
                json.skipChildren();
            }
        }
    }

    /** {@code gene_id} as {@code geneId}. */
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean up = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                up = true;
            } else {
                camel.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return camel.toString();
    }
}
