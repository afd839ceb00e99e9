package io.github.sparkncbigene.table;

import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Responses in TSV. The first byte of an input says how it is read: its lower bits which fields were requested, its
 * highest whether a header is expected; the rest is the response.
 */
public final class TsvResponsesFuzz {
    private static final List<List<ReportNode>> FIELDS = List.of(
            fields(Report.GENE, "gene-id", "symbol", "annotation-release-date", "synonyms", "gene-type"),
            fields(
                    Report.PRODUCT,
                    "gene-id",
                    "transcript-accession",
                    "transcript-length",
                    "transcript-transcript-type"),
            fields(Report.GENE, "gene-id"),
            fields(Report.GENE, "description"));
    private static final int HEADER = 0x80;

    private TsvResponsesFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        List<ReportNode> fields = FIELDS.get((input[0] & 0x7f) % FIELDS.size());
        try (TsvRows rows =
                new TsvRows(new ByteArrayInputStream(input, 1, input.length - 1), fields, (input[0] & HEADER) != 0)) {
            for (Object[] row = rows.next(); row != null; row = rows.next()) {
                if (row.length != fields.size()) {
                    throw new AssertionError("A row has " + row.length + " cells");
                }
                rows.remarks().clear();
            }
        } catch (IOException e) {
            // The contract for an unreadable response.
        }
    }

    private static List<ReportNode> fields(Report report, String... mnemonics) {
        return Stream.of(mnemonics)
                .map(field -> report.tableField(field).orElseThrow())
                .toList();
    }
}
