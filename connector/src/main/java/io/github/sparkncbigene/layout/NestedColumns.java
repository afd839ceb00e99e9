package io.github.sparkncbigene.layout;

import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.decode.ColumnReader;
import io.github.sparkncbigene.decode.ObjectReader;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.decode.ScalarReaders;
import io.github.sparkncbigene.decode.UnsafeListReader;
import io.github.sparkncbigene.decode.UnsafeReader;
import io.github.sparkncbigene.decode.UnsafeStructReader;
import io.github.sparkncbigene.decode.ValueReader;
import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that are read of a report: those that rows show, in the order of the schema, and after them those that are
 * only needed to choose rows. Each has a slot.
 */
final class NestedColumns {
    /** Finds a column's value: it stands with the gene, or with each of its transcripts. */
    record Cell(int slot, boolean ofTranscript) {
        Object of(Object[] report, Object[] transcript) {
            return (ofTranscript ? transcript : report)[slot];
        }
    }

    private final StructType schema;
    private final Map<String, Integer> shown = new HashMap<>();
    private final Map<String, Integer> hidden = new HashMap<>();
    private final List<Integer> ofTranscript = new ArrayList<>();
    private final ObjectReader reader;

    /**
     * @param schema the columns of the rows
     * @param needed columns to read even if rows do not show them
     */
    NestedColumns(Report report, StructType schema, Collection<String> needed) {
        this.schema = schema;
        for (String name : schema.fieldNames()) {
            shown.put(name, shown.size());
        }
        for (String name : needed) {
            if (!shown.containsKey(name) && !hidden.containsKey(name)) {
                hidden.put(name, schema.length() + hidden.size());
            }
        }
        this.reader = compile(report.root(), false);
    }

    /** Returns the number of slots. */
    int width() {
        return schema.length() + hidden.size();
    }

    /** Returns the reader that fills the slots. */
    ObjectReader reader() {
        return reader;
    }

    /** Returns the slot of a column if rows show it. */
    OptionalInt shown(String column) {
        Integer slot = shown.get(column);
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
    }

    /** Returns the slot of a column if it is read. */
    OptionalInt find(String column) {
        Integer slot = shown.getOrDefault(column, hidden.get(column));
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
    }

    /** Returns the slot of a column that is read. */
    int slot(String column) {
        return find(column).orElseThrow(() -> new IllegalArgumentException(column + " is not read"));
    }

    /** Returns where a column that is read stands. */
    Cell cell(String column) {
        int slot = slot(column);
        return new Cell(slot, isOfTranscript(slot));
    }

    /** Returns true if the slot is filled for each transcript, not for the gene. */
    boolean isOfTranscript(int slot) {
        return ofTranscript.contains(slot);
    }

    /** Returns the slots that rows show and that are filled for each transcript. */
    int[] shownOfTranscript() {
        return ofTranscript.stream()
                .mapToInt(Integer::intValue)
                .filter(slot -> slot < schema.length())
                .toArray();
    }

    private ObjectReader compile(ReportNode group, boolean insideTranscript) {
        ObjectReader members = new ObjectReader();
        for (ReportNode child : group.children()) {
            if (child.column().isPresent()) {
                addColumn(members, child, insideTranscript);
            } else if (child.multipliesRows()) {
                ObjectReader inner = compile(child, true);
                members.with(child.name(), (json, slots, into) -> transcripts(json, into, inner, child));
            } else {
                ObjectReader inner = compile(child, insideTranscript);
                if (!inner.isEmpty()) {
                    members.withInline(child, inner);
                }
            }
        }
        return members;
    }

    private void addColumn(ObjectReader members, ReportNode node, boolean insideTranscript) {
        OptionalInt found = find(node.column().orElseThrow());
        if (found.isEmpty()) {
            return;
        }
        int slot = found.getAsInt();
        DataType text = node.repeated() ? DataTypes.createArrayType(DataTypes.StringType) : DataTypes.StringType;
        members.withSlot(
                node.name(), slot, reader(node, slot < schema.length() ? schema.fields()[slot].dataType() : text));
        if (insideTranscript) {
            ofTranscript.add(slot);
        }
    }

    private static void transcripts(Utf8Json json, ReportValues into, ObjectReader members, ReportNode node)
            throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                transcript(json, into, members, node);
            }
        } else {
            transcript(json, into, members, node);
        }
    }

    private static void transcript(Utf8Json json, ReportValues into, ObjectReader members, ReportNode node)
            throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            members.read(json, into.addTranscript(), into);
        } else if (json.currentToken() != JsonToken.VALUE_NULL) {
            into.malformed().skip(json, node);
        }
    }

    private static ValueReader reader(ReportNode node, DataType type) {
        if (node.repeated()) {
            return ColumnReader.list(list(node, type));
        }
        return node.isGroup() ? ColumnReader.struct(struct(node, type)) : ColumnReader.scalar(node);
    }

    private static UnsafeReader field(ReportNode node, DataType type) {
        return node.repeated() ? list(node, type) : element(node, type);
    }

    private static UnsafeListReader list(ReportNode node, DataType type) {
        return new UnsafeListReader(element(node, ((ArrayType) type).elementType()));
    }

    private static UnsafeReader element(ReportNode node, DataType type) {
        return node.isGroup() ? struct(node, type) : ScalarReaders.of(node);
    }

    private static UnsafeStructReader struct(ReportNode node, DataType type) {
        StructType struct = (StructType) type;
        UnsafeStructReader reader = new UnsafeStructReader(node, struct.length());
        for (int i = 0; i < struct.length(); i++) {
            ReportNode child = node.child(struct.fields()[i].name()).orElseThrow();
            reader.add(child.name(), i, field(child, struct.fields()[i].dataType()));
        }
        return reader;
    }
}
