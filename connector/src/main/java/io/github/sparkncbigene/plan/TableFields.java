package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.error.DocPage;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.TableFormat;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The table fields of a tabular read, in the requested order: NCBI's mnemonics, and {@code accession}. */
public final class TableFields {
    private static final List<String> SUMMARY_OF_GENES = List.of(
            "gene-id",
            "symbol",
            "description",
            "tax-name",
            "gene-type",
            "transcript-count",
            "group-id",
            "group-method");
    private static final List<String> SUMMARY_OF_PRODUCTS = List.of(
            "gene-id",
            "symbol",
            "description",
            "tax-name",
            "transcript-accession",
            "transcript-name",
            "transcript-length",
            "transcript-protein-accession",
            "transcript-protein-name",
            "transcript-protein-length");
    private static final List<String> GENE_ONTOLOGY =
            List.of("gene-id", "symbol", "go-bp-id", "go-bp-name", "go-cc-id", "go-cc-name", "go-mf-id", "go-mf-name");

    private TableFields() {}

    /**
     * Returns the fields named by {@code table_fields} or {@code table_format}; empty for nested columns.
     *
     * @throws NcbiGeneException with {@link ErrorCode#UNKNOWN_TABLE_FIELD} or {@link ErrorCode#CONFLICTING_OPTIONS}
     */
    public static List<String> of(Options options, Report report) {
        Optional<TableFormat> format = options.tableFormat();
        if (format.isPresent()) {
            if (options.has(Option.TABLE_FIELDS)) {
                throw NcbiGeneException.of(
                        ErrorCode.CONFLICTING_OPTIONS,
                        "Options table_fields and table_format each name the columns. Give one of them.");
            }
            return fields(format.get(), report);
        }
        List<String> fields = options.list(Option.TABLE_FIELDS);
        if (options.has(Option.TABLE_FIELDS) && fields.isEmpty()) {
            throw NcbiGeneException.of(
                    ErrorCode.INVALID_OPTION,
                    "Option table_fields is '" + Quoted.of(options.text(Option.TABLE_FIELDS))
                            + "' but must name a table field," + " such as gene-id.");
        }
        fields.forEach(field -> check(field, report));
        if (new LinkedHashSet<>(fields).size() < fields.size()) {
            throw NcbiGeneException.of(
                    ErrorCode.INVALID_OPTION,
                    "Option table_fields is '" + Quoted.of(String.join(",", fields))
                            + "' but must name each field once, since" + " each becomes a column.");
        }
        return fields;
    }

    private static void check(String field, Report report) {
        if (field.equals(ReportSchema.ACCESSION) || report.tableField(field).isPresent()) {
            return;
        }
        List<String> known = new ArrayList<>(report.tableFields().keySet());
        known.add(ReportSchema.ACCESSION);
        throw NcbiGeneException.of(
                ErrorCode.UNKNOWN_TABLE_FIELD,
                "Option table_fields holds '" + Quoted.of(field) + "', which is not a table field of the "
                        + report.word()
                        + " report."
                        + Nearest.didYouMean(Nearest.of(field, known, UnaryOperator.identity()))
                        + " All table fields are listed in " + DocPage.of("schema") + ".");
    }

    private static List<String> fields(TableFormat format, Report report) {
        if (format == TableFormat.SUMMARY) {
            return report == Report.GENE ? SUMMARY_OF_GENES : SUMMARY_OF_PRODUCTS;
        }
        if (report == Report.PRODUCT) {
            throw NcbiGeneException.of(
                    ErrorCode.CONFLICTING_OPTIONS,
                    "Option table_format is 'gene-ontology', which is of the gene report only; set report to gene.");
        }
        return GENE_ONTOLOGY;
    }
}
