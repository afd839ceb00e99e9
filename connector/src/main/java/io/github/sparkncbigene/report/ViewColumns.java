package io.github.sparkncbigene.report;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that a view adds to those of its report. They need Spark, which the names of the views do not. */
final class ViewColumns {
    private static final List<StructField> LOCATION = List.of(
            field("assembly_accession", DataTypes.StringType, "Accession.version of the assembly"),
            field("assembly_name", DataTypes.StringType, "Name of the assembly, such as GRCh38.p14"),
            field("genomic_accession", DataTypes.StringType, "Accession.version of the genomic sequence"),
            field("chromosome", DataTypes.StringType, "Name of the genomic sequence, such as 4"),
            field("begin", DataTypes.LongType, "First position of the gene, 1-based"),
            field("end", DataTypes.LongType, "Last position of the gene, 1-based, inclusive"),
            field("strand", DataTypes.StringType, "Strand of the gene: none, plus or minus"));
    private static final List<StructField> TRANSCRIPT = List.of(
            field("select_category", DataTypes.StringType, "MANE_SELECT, MANE_PLUS_CLINICAL or REFSEQ_SELECT"),
            field("is_mane_select", DataTypes.BooleanType, "Whether it is the gene's MANE Select transcript"),
            field(
                    "is_mane_plus_clinical",
                    DataTypes.BooleanType,
                    "Whether it is a MANE Plus Clinical transcript of the gene"),
            field(
                    "is_refseq_select",
                    DataTypes.BooleanType,
                    "Whether it is the gene's RefSeq Select transcript, which a MANE Select transcript is too"));

    private ViewColumns() {}

    static List<StructField> of(View view) {
        return switch (view) {
            case LOCATION -> LOCATION;
            case TRANSCRIPT -> TRANSCRIPT;
        };
    }

    /** The column of the gene report that locations are made of, with the members that they need. */
    static StructField annotations() {
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
