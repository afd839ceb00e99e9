package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.json.Members;
import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;

/** Reads the wanted members of a JSON object into slots, and skips the others. */
public final class ObjectReader {
    /** Handles a member: on entry the parser stands at the value's first token, on return at its last. */
    public interface Member {
        void read(Utf8Json json, Object[] slots, ReportValues into) throws IOException;
    }

    private final Members<Member> members = new Members<>();

    /** Adds a member under its name and under the camelCase form that NCBI's data packages use. */
    public ObjectReader with(String name, Member member) {
        members.add(name, member);
        return this;
    }

    /** Adds a member whose value is stored in a slot. */
    public ObjectReader withSlot(String name, int slot, ValueReader reader) {
        return with(name, (json, slots, into) -> slots[slot] = reader.read(json, into));
    }

    /** Adds a member that is an object, whose own members are stored in the same slots. */
    public ObjectReader withInline(ReportNode node, ObjectReader inner) {
        return with(node.name(), (json, slots, into) -> {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                inner.read(json, slots, into);
            } else if (json.currentToken() != JsonToken.VALUE_NULL) {
                into.malformed().skip(json, node);
            }
        });
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    Member member(String name) {
        return members.named(name);
    }

    /** Reads the object at whose start the parser stands. */
    public void read(Utf8Json json, Object[] slots, ReportValues into) throws IOException {
        for (Members.Member<Member> member = members.first(json); member != null; member = members.next(member, json)) {
            if (member.is() != null) {
                member.is().read(json, slots, into);
            } else {
                json.skipChildren();
            }
        }
    }
}
