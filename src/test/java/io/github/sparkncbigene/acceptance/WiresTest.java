package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testkit.Behaviour;
import io.github.sparkncbigene.testkit.Behaviour.HeaderLabels;
import io.github.sparkncbigene.testkit.Behaviour.NdjsonShape;
import io.github.sparkncbigene.testkit.Behaviour.UnknownIds;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever wire and endpoint the rows come by, they are the same. */
@ExtendWith(LocalSpark.class)
class WiresTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(1000));

    private static final String GENES = IntStream.range(0, 25)
            .mapToObj(SyntheticGenes::accession)
            .collect(Collectors.joining(",", "", ",NM_021803.4,NM_003002.4,NM_007294.4,NR_001564.2"));

    private static DataFrameReader reader(SparkSession spark, String report) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("report", report)
                .option("accessions", GENES);
    }

    private static List<String> rows(DataFrameReader reader) {
        return LocalSpark.rows(reader.load()).stream().sorted().toList();
    }

    /** The mnemonics of a report, as the connector's own registry lists them. */
    private static List<String> mnemonics(String report) throws IOException {
        List<String> mnemonics = new ArrayList<>();
        Path registry = Path.of(System.getProperty("ncbi.gene.root"))
                .resolve("connector/src/main/resources/io/github/sparkncbigene/report/" + report + "-fields.tsv");
        try (BufferedReader lines = Files.newBufferedReader(registry)) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1)[2])
                    .filter(mnemonic -> !mnemonic.equals("-"))
                    .forEach(mnemonics::add);
        }
        return mnemonics;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gene", "product"})
    void everyTableFieldIsTheSameByTsvAndFlattenedFromJson(String report, SparkSession spark) throws IOException {
        for (String field : mnemonics(report)) {
            String fields = field.equals("gene-id") ? field : "gene-id," + field;
            List<String> tsv = rows(reader(spark, report).option("table_fields", fields));
            List<String> json =
                    rows(reader(spark, report).option("table_fields", fields).option("wire_format", "json"));

            assertThat(tsv).as(field).isEqualTo(json).hasSizeGreaterThanOrEqualTo(29);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gene|gene-id,annotation-assembly-name,annotation-genomic-range-range-start,group-id",
                "gene|annotation-genomic-range-range-start,synonyms,annotation-assembly-name,go-mf-name,gene-id",
                "gene|go-bp-id,gene-id,go-cc-id",
                "product|gene-id,transcript-accession,transcript-genomic-location-exon-start,transcript-cds-range-stop",
                "product|transcript-protein-length,transcript-genomic-location-accession,gene-id,transcript-count"
            })
    void fieldsTogetherMultiplyAlike(String report, String fields, SparkSession spark) {
        List<String> tsv = rows(reader(spark, report).option("table_fields", fields));
        List<String> json =
                rows(reader(spark, report).option("table_fields", fields).option("wire_format", "json"));
        List<String> ndjson =
                rows(reader(spark, report).option("table_fields", fields).option("wire_format", "ndjson"));

        assertThat(tsv).isEqualTo(json).isEqualTo(ndjson).hasSizeGreaterThan(29);
        assertThat(SERVICE.requests())
                .extracting(request -> request.header("accept").orElse(""))
                .containsExactly("text/tab-separated-values", "application/json", "application/x-ndjson");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INCLUDE_TABULAR_HEADER_FIRST_PAGE_ONLY",
                "INCLUDE_TABULAR_HEADER_ALWAYS",
                "INCLUDE_TABULAR_HEADER_NEVER"
            })
    void headersOfATableAreNoRows(String header, SparkSession spark) {
        for (HeaderLabels labels : HeaderLabels.values()) {
            SERVICE.configure(service -> service.headerLabels(labels));
            for (String fields : List.of("symbol", "gene-id,symbol")) {
                List<String> table = rows(reader(spark, "gene")
                        .option("table_fields", fields)
                        .option("include_tabular_header", header)
                        .option("page_size", 10));

                assertThat(table)
                        .as("%s %s", labels, fields)
                        .isEqualTo(rows(reader(spark, "gene")
                                .option("table_fields", fields)
                                .option("wire_format", "json")));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(NdjsonShape.class)
    void everyShapeOfNdjsonGivesTheRowsOfJson(NdjsonShape shape, SparkSession spark) {
        SERVICE.configure(service -> service.ndjsonShape(shape));
        for (String report : List.of("gene", "product")) {
            List<String> ndjson = rows(reader(spark, report).option("wire_format", "ndjson"));
            List<String> json = rows(reader(spark, report).option("wire_format", "json"));

            assertThat(ndjson).as("%s %s", shape, report).isEqualTo(json);
        }
    }

    @Test
    void bothEndpointsGiveTheSameRows(SparkSession spark) {
        for (String method : List.of("get", "post")) {
            List<String> report = rows(reader(spark, "gene").option("method", method));
            List<String> metadata =
                    rows(reader(spark, "gene").option("method", method).option("endpoint", "metadata"));

            assertThat(metadata).isEqualTo(report).hasSize(29);
        }
        assertThat(SERVICE.requests())
                .extracting(
                        request -> request.method() + " " + request.path().replaceAll("accession/[^/]+", "accession/…"))
                .containsExactly(
                        "GET /datasets/v2/gene/accession/…/dataset_report",
                        "GET /datasets/v2/gene/accession/…",
                        "POST /datasets/v2/gene/dataset_report",
                        "POST /datasets/v2/gene");
    }

    @Test
    void aTableMayNameItsAccessions(SparkSession spark) {
        List<String> table = rows(spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("accessions", "NM_021803.4 NP_068575.1 NM_000000000.1")
                .option("table_fields", "accession,symbol,annotation-assembly-name"));

        assertThat(table)
                .containsExactly(
                        "NM_000000000.1|null|null",
                        "NM_021803.4|IL21|GRCh38.p14",
                        "NM_021803.4|IL21|T2T-CHM13v2.0",
                        "NP_068575.1|IL21|GRCh38.p14",
                        "NP_068575.1|IL21|T2T-CHM13v2.0");
    }

    @Test
    void anUnknownTableFieldIsRefusedWithSuggestions(SparkSession spark) {
        assertThatThrownBy(() -> reader(spark, "gene")
                        .option("table_fields", "gene-idd,symbol")
                        .load())
                .hasMessage(
                        "[NCBI_GENE_UNKNOWN_TABLE_FIELD] Option table_fields holds 'gene-idd', which is not a table"
                                + " field of the gene report. Did you mean 'gene-id'? All table fields"
                                + " are listed in https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/schema.md.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    /** The rows, or the error. */
    private static List<String> outcome(DataFrameReader reader) {
        try {
            return rows(reader);
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return List.of(cause.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PERMISSIVE|",
                "DROPMALFORMED|",
                "FAILFAST|",
                "PERMISSIVE|accession,symbol",
                "PERMISSIVE|gene-id,accession,transcript-accession",
                "PERMISSIVE|gene-id,transcript-accession",
                "FAILFAST|gene-id,transcript-accession"
            })
    void whetherTheServiceAppliesAccessionFilterToJsonOrNotTheRowsAreTheSame(
            String mode, String fields, SparkSession spark) {
        DataFrameReader reader = spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("report", "product")
                .option("accessions", "NM_021803.4,NM_007294.4,NP_851564.1,NM_000000000.1")
                .option("accession_filter", "NM_021803.4,NM_001407959.1")
                .option("mode", mode);
        if (fields != null) {
            reader.option("table_fields", fields);
        }
        Set<List<String>> outcomes = new LinkedHashSet<>();
        for (boolean onJson : List.of(false, true)) {
            for (boolean emptied : List.of(false, true)) {
                SERVICE.configure(
                        service -> service.accessionFilterOnJson(onJson).rowsWithoutMatch(emptied));
                outcomes.add(outcome(reader));
            }
        }

        assertThat(outcomes).hasSize(1);
        List<String> outcome = outcomes.iterator().next();
        boolean saysWhatIsMissing = mode.equals("PERMISSIVE") && (fields == null || fields.contains("accession,"));
        assertThat(outcome).hasSize(mode.equals("FAILFAST") ? 1 : saysWhatIsMissing ? 4 : 2);
    }

    @ParameterizedTest
    @EnumSource(UnknownIds.class)
    void whateverTheServiceSaysOfWhatItDoesNotKnowThatIsARow(UnknownIds answer, SparkSession spark) {
        SERVICE.configure(service -> service.unknownIds(answer));
        for (String wire : List.of("json", "ndjson")) {
            DataFrameReader reader = spark.read()
                    .format("ncbi-gene")
                    .option("base_url", SERVICE.baseUrl())
                    .option("accessions", "NM_021803.4,NM_000000000.1")
                    .option("wire_format", wire);
            // In NDJSON there is no place for messages.
            boolean said = answer == UnknownIds.IN_REPORTS || (answer == UnknownIds.NAMED && wire.equals("json"));

            assertThat(LocalSpark.rows(reader.load().selectExpr("accession", "symbol", "warnings[0].code")))
                    .as(wire)
                    .containsExactlyInAnyOrder(
                            "NM_021803.4|IL21|null",
                            "NM_000000000.1|null|" + (said ? "UNRECOGNIZED_ACCESSION" : "NOT_FOUND"));
            assertThat(rows(reader.option("mode", "DROPMALFORMED"))).hasSize(1);
            assertThat(outcome(reader.option("mode", "FAILFAST")))
                    .singleElement()
                    .asString()
                    .startsWith("[NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'NM_000000000.1'"
                            + (said ? ", which says 'No gene was found for NM_000000000.1'," : ",")
                            + " and mode is FAILFAST.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo omitted", "echo without version", "superseded with warning", "camel case keys"})
    void whateverTheServiceEchoesEveryAccessionHasItsRow(String build, SparkSession spark) {
        Consumer<Behaviour> change =
                switch (build) {
                    case "echo omitted" -> service -> service.queryEcho(Behaviour.QueryEcho.OMITTED);
                    case "echo without version" -> service -> service.queryEcho(Behaviour.QueryEcho.WITHOUT_VERSION);
                    case "superseded with warning" ->
                        service -> service.supersededVersion(Behaviour.SupersededVersion.CURRENT_WITH_WARNING);
                    default -> service -> service.keyCase(Behaviour.KeyCase.CAMEL);
                };
        String accessions = "NM_021803.4,NM_021803.3,NM_021803,NP_068575.1,NM_003002.4,NM_000000000.1";
        SERVICE.configure(change);

        List<String> rows = LocalSpark.rows(spark.read()
                        .format("ncbi-gene")
                        .option("base_url", SERVICE.baseUrl())
                        .option("accessions", accessions)
                        .load()
                        .selectExpr("accession", "symbol", "size(filter(warnings, w -> w.code = 'NOT_FOUND'))"))
                .stream()
                .sorted()
                .map(row -> row.replace("|-1", "").replace("|0", "").replace("|null", ""))
                .toList();

        assertThat(rows)
                .containsExactly(
                        "NM_000000000.1|1",
                        "NM_003002.4|SDHD",
                        "NM_021803.3|IL21",
                        "NM_021803.4|IL21",
                        "NM_021803|IL21",
                        "NP_068575.1|IL21");
    }
}
