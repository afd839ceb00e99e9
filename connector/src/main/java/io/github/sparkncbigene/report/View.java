package io.github.sparkncbigene.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A table of what most people want of a report, without nested columns. */
public enum View {
    /** The locations of a gene, one row for each assembly and place on it. */
    LOCATION(
            Report.GENE,
            List.of(
                    field("assembly_accession", DataTypes.StringType, "Accession.version of the assembly"),
                    field("assembly_name", DataTypes.StringType, "Name of the assembly, such as GRCh38.p14"),
                    field("genomic_accession", DataTypes.StringType, "Accession.version of the genomic sequence"),
                    field("chromosome", DataTypes.StringType, "Name of the genomic sequence, such as 4"),
                    field("begin", DataTypes.LongType, "First position of the gene, 1-based"),
                    field("end", DataTypes.LongType, "Last position of the gene, 1-based, inclusive"),
                    field("strand", DataTypes.StringType, "Strand of the gene: none, plus or minus"))),
    /** The transcripts of a gene, and which of them are selected. */
    TRANSCRIPT(
            Report.PRODUCT,
            List.of(
                    field("select_category", DataTypes.StringType, "MANE_SELECT, MANE_PLUS_CLINICAL or REFSEQ_SELECT"),
                    field("is_mane_select", DataTypes.BooleanType, "Whether it is the gene's MANE Select transcript"),
                    field(
                            "is_mane_plus_clinical",
                            DataTypes.BooleanType,
                            "Whether it is a MANE Plus Clinical transcript of the gene"),
                    field(
                            "is_refseq_select",
                            DataTypes.BooleanType,
                            "Whether it is the gene's RefSeq Select transcript, which a MANE Select transcript is too")));

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
    private final List<StructField> own;

    View(Report report, List<StructField> own) {
        this.report = report;
        this.own = own;
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
        for (StructField field : own) {
            schema = schema.add(field);
        }
        return schema.add(Warnings.column());
    }

    /** The report's columns that some columns of the view are made of. */
    public StructType source(StructType columns) {
        StructType source = new StructType();
        for (StructField field : columns.fields()) {
            if (own.stream().noneMatch(made -> made.name().equals(field.name()))) {
                source = source.add(field);
            }
        }
        // How many places there are decides how many rows there are.
        return this == LOCATION
                ? source.add(annotations())
                : source.add(ReportSchema.of(report).apply("transcript_select_category"));
    }

    private static StructField annotations() {
        StructField all = ReportSchema.of(Report.GENE).apply("annotations");
        StructType range = new StructType()
                .add("begin", DataTypes.LongType)
                .add("end", DataTypes.LongType)
                .add("orientation", DataTypes.StringType);
        StructType location = new StructType()
                .add("genomic_accession_version", DataTypes.StringType)
                .add("sequence_name", DataTypes.StringType)
                .add("genomic_range", range);
        StructType annotation = new StructType()
                .add("assembly_accession", DataTypes.StringType)
                .add("assembly_name", DataTypes.StringType)
                .add("genomic_locations", DataTypes.createArrayType(location, true));
        return new StructField(all.name(), DataTypes.createArrayType(annotation, true), true, all.metadata());
    }

    private static StructField field(String name, DataType type, String comment) {
        return new StructField(name, type, true, Metadata.empty()).withComment(comment);
    }
}
