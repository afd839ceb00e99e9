package io.github.sparkncbigene.layout;

import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.decode.ColumnReader;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ObjectReader;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.decode.ScalarReaders;
import io.github.sparkncbigene.decode.UnsafeListReader;
import io.github.sparkncbigene.decode.UnsafeReader;
import io.github.sparkncbigene.decode.UnsafeStructReader;
import io.github.sparkncbigene.decode.ValueReader;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.report.Provenance;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.report.Warnings;
import io.github.sparkncbigene.service.Retrieval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Builds rows with nested columns: one for each identifier and gene or, in the product report, each identifier, gene
 * and transcript. It reads only the columns in the schema that the query needs.
 */
public final class NestedLayout implements RowLayout {
    private static final String GENE_ID = "gene_id";
    private static final String TRANSCRIPT = "transcript_accession";

    /** The key of a row; a report without GeneID and transcript is identified by everything that was read of it. */
    private record RowKey(Identifier hit, Object gene, Object transcript) {}

    private final StructType schema;
    private final AccessionFilter filter;
    private final boolean rowPerTranscript;
    private final KeyDomains filters;
    private final OwnRows own;
    private final Map<String, Integer> slots = new HashMap<>();
    private final Map<String, Integer> hiddenSlots = new TreeMap<>();
    private final List<Integer> reportNames = new ArrayList<>();
    private final List<Integer> transcriptNames = new ArrayList<>();
    private final List<Integer> transcriptSlots = new ArrayList<>();
    private final ObjectReader reader;
    private final WarningsForm warningsForm;
    private final Map<String, Integer> provenanceSlots = new HashMap<>();

    /**
     * @param schema the columns of the rows, pruned as far as the query allows
     * @param kind kind of the requested identifiers; null for a whole taxon
     * @param filter selects the transcripts of a product report that become rows
     * @param filters filters that rows must pass, on columns of text or whole numbers
     * @param own the rows that an identifier gives
     */
    public NestedLayout(
            Report report,
            StructType schema,
            IdentifierKind kind,
            AccessionFilter filter,
            KeyDomains filters,
            OwnRows own) {
        this.schema = schema;
        this.filters = filters;
        this.own = own;
        for (String name : schema.fieldNames()) {
            slots.put(name, slots.size());
        }
        for (String name : Provenance.columns().fieldNames()) {
            if (slots.containsKey(name)) {
                provenanceSlots.put(name, slots.get(name));
            }
        }
        this.filter = filter;
        this.rowPerTranscript = report == Report.PRODUCT;
        need(GENE_ID);
        if (rowPerTranscript) {
            need(TRANSCRIPT);
        }
        namesOf(report, kind).forEach(this::need);
        filters.byColumn().keySet().stream()
                .filter(column -> !column.equals(ReportSchema.ACCESSION))
                .forEach(this::need);
        if (!filter.keepsAll()) {
            AccessionFilter.COLUMNS.forEach(this::need);
        }
        own.columns().forEach(this::need);
        this.reader = compile(report.root(), false);
        for (String name : namesOf(report, kind)) {
            int slot = slotOrHidden(name);
            (transcriptSlots.contains(slot) ? transcriptNames : reportNames).add(slot);
        }
        int warnings = slot(Warnings.COLUMN);
        this.warningsForm = warnings < 0
                ? null
                : new WarningsForm((StructType) ((ArrayType) schema.fields()[warnings].dataType()).elementType());
    }

    @Override
    public int width() {
        return schema.length() + hiddenSlots.size();
    }

    @Override
    public ObjectReader reportReader() {
        return reader;
    }

    @Override
    public void rows(ReportValues report, List<Identifier> hits, EmittedRows once, Consumer<Object[]> rows) {
        GenericArrayData warnings = warningsForm == null ? null : warningsForm.of(remarks(report));
        GenericArrayData query = query(report);
        // A gene without transcripts is a row too.
        List<Object[]> transcripts =
                report.transcripts().isEmpty() ? Collections.singletonList(report.slots()) : report.transcripts();
        for (Identifier hit : hits) {
            for (Object[] transcript : transcripts) {
                if (!isKept(transcript)
                        || !passes(hit, report.slots(), transcript)
                        || !isOwn(hit, report.slots(), transcript)
                        || !once.first(key(hit, report.slots(), transcript))) {
                    continue;
                }
                Object[] row = Arrays.copyOf(report.slots(), schema.length());
                for (int slot : transcriptSlots) {
                    if (slot < row.length) {
                        row[slot] = transcript[slot];
                    }
                }
                name(row, hit, warnings);
                trace(row, hit, query, report.from());
                rows.accept(row);
            }
        }
    }

    @Override
    public void missing(Identifier identifier, List<NcbiWarning> why, Retrieval from, Consumer<Object[]> rows) {
        Object[] all = new Object[width()];
        int column = slots.getOrDefault(
                identifier.kind().column(),
                hiddenSlots.getOrDefault(identifier.kind().column(), -1));
        if (column >= 0) {
            all[column] = value(identifier);
        }
        if (passes(identifier, all, all)) {
            Object[] row = Arrays.copyOf(all, schema.length());
            name(row, identifier, warningsForm == null ? null : warningsForm.of(why));
            trace(row, identifier, null, from);
            rows.accept(row);
        }
    }

    /**
     * Returns the value of the identifier's column; null if the column holds numbers and the identifier is not a
     * number.
     */
    private static Object value(Identifier identifier) {
        if (identifier.kind() != IdentifierKind.GENE_ID) {
            return UTF8String.fromString(identifier.text());
        }
        try {
            return Long.valueOf(identifier.text());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public boolean isFilteredOut(ReportValues report) {
        return !filter.keepsAll() && report.transcripts().stream().noneMatch(this::isKept);
    }

    @Override
    public boolean hasOwnRow(ReportValues report, Identifier hit) {
        return own.isAll()
                || isOwn(hit, report.slots(), report.slots())
                || report.transcripts().stream().anyMatch(transcript -> isOwn(hit, report.slots(), transcript));
    }

    @Override
    public boolean isIdentified(ReportValues report) {
        return report.slots()[slotOrHidden(GENE_ID)] != null;
    }

    @Override
    public List<String> selfNames(ReportValues report) {
        List<String> names = new ArrayList<>();
        reportNames.forEach(slot -> addNames(report.slots()[slot], names));
        for (Object[] transcript : report.transcripts()) {
            transcriptNames.forEach(slot -> addNames(transcript[slot], names));
        }
        return names;
    }

    private RowKey key(Identifier hit, Object[] report, Object[] transcript) {
        Object gene = report[slotOrHidden(GENE_ID)];
        Object accession = rowPerTranscript ? transcript[slotOrHidden(TRANSCRIPT)] : null;
        boolean named = gene != null && (accession != null || !rowPerTranscript || transcript == report);
        return named
                ? new RowKey(hit, gene, accession)
                : new RowKey(hit, Arrays.deepHashCode(report), Arrays.deepHashCode(transcript));
    }

    private boolean passes(Identifier hit, Object[] report, Object[] transcript) {
        for (var filtered : filters.byColumn().entrySet()) {
            Object value;
            if (filtered.getKey().equals(ReportSchema.ACCESSION)) {
                value = hit.kind() == IdentifierKind.ACCESSION ? hit.text() : null;
            } else {
                int slot = slotOrHidden(filtered.getKey());
                value = (transcriptSlots.contains(slot) ? transcript : report)[slot];
            }
            if (value == null || !filtered.getValue().contains(value.toString())) {
                return false;
            }
        }
        return true;
    }

    private boolean isOwn(Identifier hit, Object[] report, Object[] transcript) {
        return own.isAll()
                || own.columns().stream()
                        .map(this::slotOrHidden)
                        .map(slot -> (transcriptSlots.contains(slot) ? transcript : report)[slot])
                        .anyMatch(name -> own.isOwn(hit, name));
    }

    private boolean isKept(Object[] transcript) {
        return filter.keepsAll()
                || filter.keeps(
                        transcript[slotOrHidden(AccessionFilter.COLUMNS.get(0))],
                        transcript[slotOrHidden(AccessionFilter.COLUMNS.get(1))]);
    }

    private void name(Object[] row, Identifier identifier, GenericArrayData warnings) {
        int accession = slot(ReportSchema.ACCESSION);
        if (accession >= 0 && identifier.kind() == IdentifierKind.ACCESSION) {
            row[accession] = UTF8String.fromString(identifier.text());
        }
        int warningsSlot = slot(Warnings.COLUMN);
        if (warningsSlot >= 0) {
            row[warningsSlot] = warnings;
        }
    }

    private void trace(Object[] row, Identifier identifier, GenericArrayData query, Retrieval from) {
        for (Map.Entry<String, Integer> column : provenanceSlots.entrySet()) {
            row[column.getValue()] = switch (column.getKey()) {
                // A whole taxon has no identifiers.
                case Provenance.REQUESTED ->
                    identifier.kind() == null ? null : UTF8String.fromString(identifier.text());
                case Provenance.QUERY -> query;
                case Provenance.REQUEST_ID -> UTF8String.fromString(from.requestId());
                default ->
                    from.at() == null
                            ? null
                            : (Object) TimeUnit.MILLISECONDS.toMicros(from.at().toEpochMilli());
            };
        }
    }

    private GenericArrayData query(ReportValues report) {
        return slot(Provenance.QUERY) < 0 || report.query().isEmpty()
                ? null
                : new GenericArrayData(
                        report.query().stream().map(UTF8String::fromString).toArray());
    }

    private static List<NcbiWarning> remarks(ReportValues report) {
        List<NcbiWarning> remarks = new ArrayList<>(report.warnings());
        report.malformedValues().forEach(remark -> remarks.add(NcbiWarning.own(Warnings.MALFORMED_VALUE, remark)));
        return remarks;
    }

    /** Returns the columns that identify a report's subject, by the kind of identifier that may have matched it. */
    private static List<String> namesOf(Report report, IdentifierKind kind) {
        if (kind == null) {
            return List.of();
        }
        return switch (kind) {
            case ACCESSION ->
                report == Report.PRODUCT ? List.of("transcript_accession", "protein_accession") : List.of();
            case GENE_ID -> List.of("gene_id");
            case LOCUS_TAG -> report == Report.GENE ? List.of("locus_tag") : List.of();
            case SYMBOL -> report == Report.GENE ? List.of("symbol", "synonyms") : List.of("symbol");
        };
    }

    private static void addNames(Object value, List<String> names) {
        if (value instanceof UnsafeArrayData list) {
            for (int i = 0; i < list.numElements(); i++) {
                addNames(list.isNullAt(i) ? null : list.getUTF8String(i), names);
            }
        } else if (value != null) {
            names.add(value.toString());
        }
    }

    /** Adds a column that must be read even if the rows do not show it. */
    private void need(String column) {
        if (slot(column) < 0) {
            hiddenSlots.putIfAbsent(column, schema.length() + hiddenSlots.size());
        }
    }

    private int slotOrHidden(String column) {
        int slot = slot(column);
        return slot >= 0 ? slot : hiddenSlots.get(column);
    }

    /** The slot that a column is read into, whether or not rows show it. */
    public int slotOf(String column) {
        return slotOrHidden(column);
    }

    /** True if the slot is filled for each transcript, not for the gene. */
    public boolean isOfTranscript(int slot) {
        return transcriptSlots.contains(slot);
    }

    private int slot(String column) {
        return slots.getOrDefault(column, -1);
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
        String column = node.column().orElseThrow();
        int slot = slot(column);
        if (slot >= 0) {
            members.withSlot(node.name(), slot, reader(node, schema.fields()[slot].dataType()));
        } else if (hiddenSlots.containsKey(column)) {
            slot = hiddenSlots.get(column);
            DataType type = node.repeated() ? DataTypes.createArrayType(DataTypes.StringType) : DataTypes.StringType;
            members.withSlot(node.name(), slot, reader(node, type));
        }
        if (slot >= 0 && insideTranscript) {
            transcriptSlots.add(slot);
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
