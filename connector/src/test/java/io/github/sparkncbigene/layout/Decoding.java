package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.testing.SparkValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** Reads bodies of answers as the connector does, and shows rows as plain Java values. */
public final class Decoding {
    static final AccessionFilter NO_FILTER = new AccessionFilter(List.of());
    static final Identifier ASKED = new Identifier(IdentifierKind.ACCESSION, "NM_1.1");

    private Decoding() {}

    public static NestedLayout nested(Report report, StructType schema) {
        return nested(report, schema, IdentifierKind.ACCESSION, NO_FILTER);
    }

    public static NestedLayout nested(Report report, StructType schema, IdentifierKind kind, AccessionFilter filter) {
        return new NestedLayout(report, schema, Optional.of(kind), filter, KeyDomains.ALL, OwnRows.ALL);
    }

    /** The reports of a body. */
    public static List<ReportValues> reports(RowLayout layout, String body, boolean manyObjects) throws IOException {
        try (JsonReports reports =
                new JsonReports(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), manyObjects, layout)) {
            List<ReportValues> all = new ArrayList<>();
            for (ReportValues report = reports.next(); report != null; report = reports.next()) {
                all.add(report.copy());
            }
            return all;
        }
    }

    /** The rows of reports, all under one identifier. */
    public static List<Map<String, Object>> rows(RowLayout layout, StructType schema, List<ReportValues> reports) {
        List<Map<String, Object>> rows = new ArrayList<>();
        EmittedRows once = new EmittedRows();
        reports.forEach(
                report -> layout.rows(report, List.of(ASKED), once, row -> rows.add(SparkValues.row(row, schema))));
        return rows;
    }

    /** The rows of a JSON page with the columns of a schema. */
    public static List<Map<String, Object>> nestedRows(Report report, StructType schema, String page)
            throws IOException {
        NestedLayout layout = nested(report, schema);
        return rows(layout, schema, reports(layout, page, false));
    }

    /** The only row of a JSON page with one gene, all columns. */
    static Map<String, Object> geneRow(String gene) throws IOException {
        List<Map<String, Object>> rows =
                nestedRows(Report.GENE, ReportSchema.of(Report.GENE), "{\"reports\":[{\"gene\":" + gene + "}]}");
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows");
        }
        return rows.get(0);
    }
}
