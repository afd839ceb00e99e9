package io.github.sparkncbigene.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A table of what most people want of a report, without nested columns. */
public enum View {
    /** The locations of a gene, one row for each assembly and place on it. */
    LOCATION(Report.GENE),
    /** The transcripts of a gene, and which of them are selected. */
    TRANSCRIPT(Report.PRODUCT);

    private static final List<String> GENE = List.of(ReportSchema.ACCESSION, "gene_id", "symbol", "tax_id", "tax_name");
    private static final List<String> OF_TRANSCRIPT = List.of(
            "transcript_accession",
            "transcript_name",
            "transcript_type",
            "transcript_length",
            "transcript_ensembl_transcript",
            "protein_accession",
            "protein_length",
            "protein_ensembl_protein");

    private final Report report;

    View(Report report) {
        this.report = report;
    }

    /** Returns the names of all reports and views, as options and the catalog use them. */
    public static Stream<String> reportsAndViews() {
        return Stream.concat(
                Arrays.stream(Report.values()).map(Report::word),
                Arrays.stream(values()).map(View::word));
    }

    /** Returns the view of this name; empty for a report's own. */
    public static Optional<View> named(String word) {
        return Arrays.stream(values())
                .filter(view -> view.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The report that it is made of. */
    public Report report() {
        return report;
    }

    /** Its name in options and in the catalog. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All columns. */
    public StructType schema() {
        StructType all = ReportSchema.of(report);
        StructType schema = new StructType();
        for (String name : GENE) {
            schema = schema.add(all.apply(name));
        }
        if (this == TRANSCRIPT) {
            for (String name : OF_TRANSCRIPT) {
                schema = schema.add(all.apply(name));
            }
        }
        for (StructField field : ViewColumns.of(this)) {
            schema = schema.add(field);
        }
        return schema.add(Warnings.column());
    }

    /** The report's columns that some columns of the view are made of. */
    public StructType source(StructType columns) {
        List<StructField> made = ViewColumns.of(this);
        StructType source = new StructType();
        for (StructField field : columns.fields()) {
            if (made.stream().noneMatch(own -> own.name().equals(field.name()))) {
                source = source.add(field);
            }
        }
        // How many places there are decides how many rows there are.
        return this == LOCATION
                ? source.add(ViewColumns.annotations())
                : source.add(ReportSchema.of(report).apply("transcript_select_category"));
    }
}
