package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.json.Members;
import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;

/** Reads the members of a JSON object that are wanted into slots, and passes over the others. */
final class ObjectReader {
    /** What becomes of a member: the parser is at its value's first token, and is left at its last. */
    interface Member {
        void read(Utf8Json json, Object[] slots, ReportValues into) throws IOException;
    }

    private final Members<Member> members = new Members<>();

    /** Adds a member under its name and under the camelCase form that NCBI's data packages use. */
    ObjectReader with(String name, Member member) {
        members.add(name, member);
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
        return members.named(name);
    }

    /** Reads the object that the parser is at the start of. */
    void read(Utf8Json json, Object[] slots, ReportValues into) throws IOException {
        for (Members.Member<Member> member = members.first(json); member != null; member = members.next(member, json)) {
            if (member.is() != null) {
                member.is().read(json, slots, into);
            } else {
                json.skipChildren();
            }
        }
    }
}
