package io.github.sparkncbigene.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportSchemaTest {
    private static final String RANGE =
            "STRUCT<begin: BIGINT, end: BIGINT, orientation: STRING, order: INT, ribosomal_slippage: INT>";
    private static final String SEQUENCE_RANGE = "STRUCT<accession_version: STRING, range: ARRAY<" + RANGE + ">>";
    private static final String REGIONS = "ARRAY<STRUCT<gene_range: " + SEQUENCE_RANGE + ", type: STRING>>";
    private static final String LOCATIONS = "ARRAY<STRUCT<genomic_accession_version: STRING, sequence_name: STRING,"
            + " genomic_range: " + RANGE + ", exons: ARRAY<" + RANGE + ">>>";
    private static final String TERMS = "ARRAY<STRUCT<name: STRING, go_id: STRING, evidence_code: STRING,"
            + " qualifier: STRING, reference: STRUCT<pmids: ARRAY<BIGINT>>>>";
    private static final String COUNTS = "ARRAY<STRUCT<type: STRING, count: INT>>";
    private static final String WARNINGS = "ARRAY<STRUCT<code: STRING, reason: STRING, message: STRING,"
            + " requested: STRING, returned: STRING, unrecognized_identifier: STRING,"
            + " invalid_identifiers: ARRAY<STRING>>>";

    @Test
    void theGeneReport() {
        assertThat(columns(ReportSchema.of(Report.GENE)))
                .containsExactly(
                        "accession STRING",
                        "gene_id BIGINT",
                        "symbol STRING",
                        "description STRING",
                        "tax_id BIGINT",
                        "tax_name STRING",
                        "common_name STRING",
                        "gene_type STRING",
                        "rna_type STRING",
                        "orientation STRING",
                        "locus_tag STRING",
                        "chromosomes ARRAY<STRING>",
                        "name_authority STRING",
                        "name_id STRING",
                        "swissprot_accessions ARRAY<STRING>",
                        "ensembl_geneids ARRAY<STRING>",
                        "omim_ids ARRAY<STRING>",
                        "synonyms ARRAY<STRING>",
                        "alternate_names ARRAY<STRING>",
                        "replaced_gene_id BIGINT",
                        "transcript_count INT",
                        "protein_count INT",
                        "transcript_type_counts " + COUNTS,
                        "annotations ARRAY<STRUCT<assembly_accession: STRING, assembly_name: STRING,"
                                + " annotation_name: STRING, annotation_release_date: DATE, genomic_locations: "
                                + LOCATIONS + ">>",
                        "genomic_regions " + REGIONS,
                        "reference_standards " + REGIONS,
                        "gene_groups ARRAY<STRUCT<id: STRING, method: STRING>>",
                        "map_locations ARRAY<STRUCT<map_type: STRING, map_value: STRING>>",
                        "summary ARRAY<STRUCT<source: STRING, description: STRING, date: STRING>>",
                        "gene_ontology STRUCT<assigned_by: STRING, molecular_functions: " + TERMS
                                + ", biological_processes: " + TERMS + ", cellular_components: " + TERMS + ">",
                        "warnings " + WARNINGS);
    }

    @Test
    void theProductReport() {
        assertThat(columns(ReportSchema.of(Report.PRODUCT)))
                .containsExactly(
                        "accession STRING",
                        "gene_id BIGINT",
                        "symbol STRING",
                        "description STRING",
                        "tax_id BIGINT",
                        "tax_name STRING",
                        "common_name STRING",
                        "gene_type STRING",
                        "rna_type STRING",
                        "transcript_count INT",
                        "protein_count INT",
                        "transcript_type_counts " + COUNTS,
                        "transcript_accession STRING",
                        "transcript_name STRING",
                        "transcript_length INT",
                        "transcript_type STRING",
                        "transcript_select_category STRING",
                        "transcript_ensembl_transcript STRING",
                        "protein_accession STRING",
                        "protein_name STRING",
                        "protein_length INT",
                        "protein_isoform STRING",
                        "protein_ensembl_protein STRING",
                        "mature_peptides ARRAY<STRUCT<accession_version: STRING, name: STRING, length: INT>>",
                        "cds " + SEQUENCE_RANGE,
                        "genomic_locations " + LOCATIONS,
                        "warnings " + WARNINGS);
    }

    @ParameterizedTest
    @EnumSource(Report.class)
    void everyColumnAndFieldIsNullableAndDescribed(Report report) {
        List<StructField> fields = all(ReportSchema.of(report));

        assertThat(fields).hasSizeGreaterThan(40).allSatisfy(field -> {
            assertThat(field.nullable()).as(field.name()).isTrue();
            assertThat(field.getComment().isDefined())
                    .as("comment of %s", field.name())
                    .isTrue();
            assertThat(field.getComment().get())
                    .as("comment of %s", field.name())
                    .isNotBlank();
        });
    }

    @ParameterizedTest
    @EnumSource(Report.class)
    void columnsDifferEvenWithoutRegardToCase(Report report) {
        assertThat(Stream.of(ReportSchema.of(report).fieldNames()).map(String::toLowerCase))
                .doesNotHaveDuplicates();
    }

    @Test
    void aTabularReadHasExactlyTheFieldsAskedForInTheirOrder() {
        StructType schema = ReportSchema.tabular(
                Report.GENE,
                List.of(
                        "symbol",
                        "accession",
                        "gene-id",
                        "gene-type",
                        "transcript-count",
                        "annotation-release-date",
                        "annotation-genomic-range-range-start",
                        "annotation-genomic-range-range-order",
                        "synonyms",
                        "go-bp-reference-pmid"));

        assertThat(columns(schema))
                .containsExactly(
                        "symbol STRING",
                        "accession STRING",
                        "gene_id BIGINT",
                        "gene_type STRING",
                        "transcript_count INT",
                        "annotation_release_date DATE",
                        "annotation_genomic_range_range_start BIGINT",
                        "annotation_genomic_range_range_order INT",
                        "synonyms STRING",
                        "go_bp_reference_pmid STRING");
        assertThat(all(schema)).allSatisfy(field -> {
            assertThat(field.nullable()).isTrue();
            assertThat(field.getComment().isDefined()).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource(Report.class)
    void everyTableFieldHasATabularColumn(Report report) {
        List<String> fields = List.copyOf(report.tableFields().keySet());

        assertThat(ReportSchema.tabular(report, fields).fieldNames())
                .containsExactlyElementsOf(
                        fields.stream().map(field -> field.replace('-', '_')).toList());
    }

    private static List<String> columns(StructType schema) {
        return Stream.of(schema.fields())
                .map(field -> new StructType(new StructField[] {plain(field)}).toDDL())
                .toList();
    }

    private static StructField plain(StructField field) {
        return new StructField(field.name(), plain(field.dataType()), field.nullable(), Metadata.empty());
    }

    /** The type without its comments. */
    private static DataType plain(DataType type) {
        if (type instanceof StructType struct) {
            return new StructType(
                    Stream.of(struct.fields()).map(ReportSchemaTest::plain).toArray(StructField[]::new));
        }
        return type instanceof ArrayType array ? DataTypes.createArrayType(plain(array.elementType())) : type;
    }

    private static List<StructField> all(DataType type) {
        List<StructField> fields = new ArrayList<>();
        if (type instanceof StructType struct) {
            for (StructField field : struct.fields()) {
                fields.add(field);
                fields.addAll(all(field.dataType()));
            }
        } else if (type instanceof ArrayType array) {
            fields.addAll(all(array.elementType()));
        }
        return fields;
    }
}
