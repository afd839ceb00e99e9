package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.layout.AccessionFilter;
import io.github.sparkncbigene.layout.EmittedRows;
import io.github.sparkncbigene.layout.NestedLayout;
import io.github.sparkncbigene.layout.OwnRows;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.layout.TabularLayout;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * Responses in JSON and NDJSON. The first byte of an input says how it is read: its lower bits into which layout, its
 * highest whether as NDJSON; the rest is the response.
 */
public final class JsonResponsesFuzz {
    private static final AccessionFilter ALL = new AccessionFilter(List.of());
    private static final AccessionFilter SOME = new AccessionFilter(List.of("NM_021803", "NP_068575.1"));
    /** The columns of the layouts with nested ones, in the same order. */
    private static final List<StructType> SCHEMAS = List.of(
            ReportSchema.of(Report.GENE),
            ReportSchema.of(Report.PRODUCT),
            columns(Report.GENE, "symbol", "annotations"),
            new StructType());

    private static final List<RowLayout> LAYOUTS = List.of(
            nested(Report.GENE, SCHEMAS.get(0), IdentifierKind.ACCESSION, ALL),
            nested(Report.PRODUCT, SCHEMAS.get(1), IdentifierKind.ACCESSION, SOME),
            nested(Report.GENE, SCHEMAS.get(2), IdentifierKind.SYMBOL, ALL),
            nested(Report.PRODUCT, SCHEMAS.get(3), IdentifierKind.GENE_ID, ALL),
            new TabularLayout(Report.GENE, fields(Report.GENE, "range", "go-"), ALL, KeyDomains.ALL),
            new TabularLayout(Report.PRODUCT, fields(Report.PRODUCT, "transcript-"), SOME, KeyDomains.ALL));
    private static final List<Function1<Object, Object>> ALL_VALUES = readers();
    private static final int NDJSON = 0x80;
    private static final List<Identifier> ASKED = List.of(new Identifier(IdentifierKind.ACCESSION, "NM_021803.4"));
    /** NCBI's table multiplies rows; whether a target ends must not depend on how often. */
    private static final int MOST_ROWS = 1000;

    /** There are rows enough. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    private JsonResponsesFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int number = (input[0] & 0x7f) % LAYOUTS.size();
        RowLayout layout = LAYOUTS.get(number);
        // Values are read as Spark reads them: nested ones are in its binary form.
        Consumer<Object[]> rows = number < ALL_VALUES.size()
                ? row -> ALL_VALUES.get(number).apply(new GenericInternalRow(row))
                : row -> {};
        try (JsonReports reports = new JsonReports(
                new ByteArrayInputStream(input, 1, input.length - 1), (input[0] & NDJSON) != 0, layout)) {
            EmittedRows once = new EmittedRows();
            for (ReportValues report = reports.next(); report != null; report = reports.next()) {
                layout.geneId(report);
                layout.selfNames(report);
                rows(layout, report.copy(), once, rows);
            }
            reports.nextPageToken();
            reports.messages();
        } catch (IOException e) {
            // The contract for an unreadable response.
        }
    }

    private static void rows(RowLayout layout, ReportValues report, EmittedRows once, Consumer<Object[]> reading) {
        int[] count = new int[1];
        Consumer<Object[]> counted = row -> {
            count[0]++;
            if (count[0] > MOST_ROWS) {
                throw new Enough();
            }
            reading.accept(row);
        };
        try {
            layout.rows(report, ASKED, once, counted);
        } catch (Enough e) {
            // Thrown above.
        }
    }

    private static List<Function1<Object, Object>> readers() {
        // Else Spark makes dates of a kind that not every day can be.
        SQLConf.get().setConfString("spark.sql.datetime.java8API.enabled", "true");
        return SCHEMAS.stream()
                .map(CatalystTypeConverters::createToScalaConverter)
                .toList();
    }

    private static RowLayout nested(
            Report report, StructType schema, IdentifierKind kind, AccessionFilter transcripts) {
        return new NestedLayout(report, schema, Optional.of(kind), transcripts, KeyDomains.ALL, OwnRows.ALL);
    }

    private static StructType columns(Report report, String... names) {
        StructType columns = new StructType();
        for (String name : names) {
            columns = columns.add(ReportSchema.of(report).apply(name));
        }
        return columns;
    }

    /** The table fields with one of these in their names. */
    private static List<String> fields(Report report, String... parts) {
        return report.tableFields().keySet().stream()
                .filter(field -> List.of(parts).stream().anyMatch(field::contains))
                .toList();
    }
}
