package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.json.Members;
import io.github.sparkncbigene.json.UnsafeBuffer;
import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;
import java.util.Arrays;

/** Reads a JSON object as a struct. */
public final class UnsafeStructReader implements UnsafeReader {
    private record Field(int ordinal, UnsafeReader reader, int size) {}

    private final ReportNode node;
    private final Members<Field> members = new Members<>();
    private final boolean[] variable;

    /** @param fields number of fields; each is added by its name */
    public UnsafeStructReader(ReportNode node, int fields) {
        this.node = node;
        this.variable = new boolean[fields];
        Arrays.fill(variable, true);
    }

    public void add(String name, int ordinal, UnsafeReader reader) {
        members.add(name, new Field(ordinal, reader, reader.fixedSize()));
        variable[ordinal] = reader.fixedSize() == 0;
    }

    int fields() {
        return variable.length;
    }

    @Override
    public int fixedSize() {
        return 0;
    }

    @Override
    public boolean read(Utf8Json json, UnsafeBuffer to, ReportValues into) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            if (json.currentToken() != JsonToken.VALUE_NULL) {
                into.malformed().skip(json, node);
            }
            return false;
        }
        int struct = to.openStruct(variable.length);
        int last = -1;
        boolean inOrder = true;
        for (Members.Member<Field> member = members.first(json); member != null; member = members.next(member, json)) {
            Field field = member.is();
            if (field == null) {
                json.skipChildren();
                continue;
            }
            // Spark writes fields in order, and none twice.
            inOrder &= field.ordinal() > last;
            last = Math.max(last, field.ordinal());
            int from = to.end();
            if (!field.reader().read(json, to, into)) {
                to.setNull(struct, variable.length, field.ordinal());
            } else if (field.size() > 0) {
                to.setFixed(struct, variable.length, field.ordinal(), field.size());
            } else {
                to.setVariable(struct, variable.length, field.ordinal(), from);
            }
        }
        if (!inOrder) {
            to.reorder(struct, variable.length, variable);
        }
        to.value((long) to.end() - struct);
        return true;
    }
}
