package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ObjectReader;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.report.Warnings;
import io.github.sparkncbigene.service.Retrieval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
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
    private record RowKey(Optional<Identifier> hit, Object gene, Object transcript) {}

    /** The values that all rows of a report share, whichever identifier they are for. */
    private record OfReport(GenericArrayData remarks, GenericArrayData query, List<Object[]> transcripts) {}

    private final StructType schema;
    private final NestedColumns columns;
    private final RowFilter filter;
    private final ProvenanceColumns provenance;
    private final WarningsForm warningsForm;
    private final int gene;
    private final OptionalInt transcript;
    private final OptionalInt accession;
    private final OptionalInt warnings;
    private final int[] transcriptSlots;
    private final List<NestedColumns.Cell> names;

    /**
     * @param schema the columns of the rows, pruned as far as the query allows
     * @param kind kind of the requested identifiers; empty for a whole taxon
     * @param filter selects the transcripts of a product report that become rows
     * @param filters filters that rows must pass, on columns of text or whole numbers
     * @param own the rows that an identifier gives
     */
    public NestedLayout(
            Report report,
            StructType schema,
            Optional<IdentifierKind> kind,
            AccessionFilter filter,
            KeyDomains filters,
            OwnRows own) {
        List<String> naming = kind.map(some -> namesOf(report, some)).orElse(List.of());
        List<String> needed = new ArrayList<>(List.of(GENE_ID));
        if (report == Report.PRODUCT) {
            needed.add(TRANSCRIPT);
        }
        needed.addAll(naming);
        needed.addAll(RowFilter.needed(filter, filters, own));
        this.schema = schema;
        this.columns = new NestedColumns(report, schema, needed);
        this.filter = new RowFilter(columns, filter, filters, own);
        this.provenance = new ProvenanceColumns(columns);
        this.gene = columns.slot(GENE_ID);
        this.transcript = report == Report.PRODUCT ? columns.find(TRANSCRIPT) : OptionalInt.empty();
        this.accession = columns.shown(ReportSchema.ACCESSION);
        this.warnings = columns.shown(Warnings.COLUMN);
        this.transcriptSlots = columns.shownOfTranscript();
        this.names = naming.stream().map(columns::cell).toList();
        this.warningsForm = warnings.isEmpty()
                ? null
                : new WarningsForm(
                        (StructType) ((ArrayType) schema.fields()[warnings.getAsInt()].dataType()).elementType());
    }

    @Override
    public int width() {
        return columns.width();
    }

    @Override
    public ObjectReader reportReader() {
        return columns.reader();
    }

    @Override
    public void rows(ReportValues report, List<Identifier> hits, EmittedRows once, Consumer<Object[]> rows) {
        OfReport shared = ofReport(report);
        for (Identifier hit : hits) {
            rowsOf(report, Optional.of(hit), shared, once, rows);
        }
    }

    @Override
    public void rowsOfTaxon(ReportValues report, EmittedRows once, Consumer<Object[]> rows) {
        rowsOf(report, Optional.empty(), ofReport(report), once, rows);
    }

    private OfReport ofReport(ReportValues report) {
        return new OfReport(
                warningsForm == null ? null : warningsForm.of(remarks(report)),
                provenance.query(report),
                // A gene without transcripts is a row too.
                report.transcripts().isEmpty() ? Collections.singletonList(report.slots()) : report.transcripts());
    }

    private void rowsOf(
            ReportValues report, Optional<Identifier> hit, OfReport shared, EmittedRows once, Consumer<Object[]> rows) {
        for (Object[] each : shared.transcripts()) {
            if (!filter.accepts(hit, report.slots(), each) || !once.first(key(hit, report.slots(), each))) {
                continue;
            }
            Object[] row = Arrays.copyOf(report.slots(), schema.length());
            for (int slot : transcriptSlots) {
                row[slot] = each[slot];
            }
            name(row, hit, shared.remarks());
            provenance.write(row, hit, shared.query(), report.from());
            rows.accept(row);
        }
    }

    @Override
    public void missing(Identifier identifier, List<NcbiWarning> why, Retrieval from, Consumer<Object[]> rows) {
        Object[] all = new Object[width()];
        columns.find(identifier.kind().column()).ifPresent(slot -> all[slot] = value(identifier));
        Optional<Identifier> hit = Optional.of(identifier);
        if (filter.passes(hit, all, all)) {
            Object[] row = Arrays.copyOf(all, schema.length());
            name(row, hit, warningsForm == null ? null : warningsForm.of(why));
            provenance.write(row, hit, null, from);
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
        return filter.removes(report.transcripts());
    }

    @Override
    public boolean hasOwnRow(ReportValues report, Identifier hit) {
        return filter.isOwn(hit, report.slots(), report.slots())
                || report.transcripts().stream().anyMatch(each -> filter.isOwn(hit, report.slots(), each));
    }

    @Override
    public Optional<Object> geneId(ReportValues report) {
        return Optional.ofNullable(report.slots()[gene]);
    }

    @Override
    public List<String> selfNames(ReportValues report) {
        List<String> found = new ArrayList<>();
        names.stream()
                .filter(cell -> !cell.ofTranscript())
                .forEach(cell -> addNames(report.slots()[cell.slot()], found));
        for (Object[] each : report.transcripts()) {
            names.stream().filter(NestedColumns.Cell::ofTranscript).forEach(cell -> addNames(each[cell.slot()], found));
        }
        return found;
    }

    private RowKey key(Optional<Identifier> hit, Object[] report, Object[] ofTranscript) {
        Object geneId = report[gene];
        Object name = transcript.isPresent() ? ofTranscript[transcript.getAsInt()] : null;
        boolean named = geneId != null && (name != null || transcript.isEmpty() || ofTranscript == report);
        return named
                ? new RowKey(hit, geneId, name)
                : new RowKey(hit, Arrays.deepHashCode(report), Arrays.deepHashCode(ofTranscript));
    }

    private void name(Object[] row, Optional<Identifier> hit, GenericArrayData remarks) {
        if (accession.isPresent()) {
            row[accession.getAsInt()] = hit.filter(Identifier::isAccession)
                    .map(one -> UTF8String.fromString(one.text()))
                    .orElse(null);
        }
        if (warnings.isPresent()) {
            row[warnings.getAsInt()] = remarks;
        }
    }

    private static List<NcbiWarning> remarks(ReportValues report) {
        List<NcbiWarning> remarks = new ArrayList<>(report.warnings());
        report.malformedValues().forEach(remark -> remarks.add(NcbiWarning.own(Warnings.MALFORMED_VALUE, remark)));
        return remarks;
    }

    /** Returns the columns that identify a report's subject, by the kind of identifier that may have matched it. */
    private static List<String> namesOf(Report report, IdentifierKind kind) {
        return switch (kind) {
            case ACCESSION -> report == Report.PRODUCT ? KeyColumn.OF_TRANSCRIPTS : List.of();
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

    /** Returns the slot that a column is read into, whether or not rows show it. */
    public int slotOf(String column) {
        return columns.slot(column);
    }

    /** Returns true if the slot is filled for each transcript, not for the gene. */
    public boolean isOfTranscript(int slot) {
        return columns.isOfTranscript(slot);
    }
}
