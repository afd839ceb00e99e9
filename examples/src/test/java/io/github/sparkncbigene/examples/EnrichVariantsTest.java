package io.github.sparkncbigene.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichVariantsTest {
    @TempDir
    private Path directory;

    private JobRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--out", out()));
        return JobRun.of(EnrichVariants.commandLine(), all.toArray(String[]::new));
    }

    private String out() {
        return directory.resolve("enriched").toString();
    }

    private List<String> written(String... columns) {
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            return spark.read().parquet(out()).selectExpr(columns).orderBy(columns[0]).collectAsList().stream()
                    .map(row -> row.mkString(" "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyVariantOfTheTableIsPrintedBesideItsGene() {
        JobRun run = run("--variants", "data/variants.csv");

        assertThat(run.complaint()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.table())
                .hasSize(16)
                .startsWith(
                        List.of(
                                "hgvs",
                                "symbol",
                                "gene_id",
                                "gene_type",
                                "chromosome",
                                "location",
                                "annotations",
                                "tax_id",
                                "warning"),
                        List.of(
                                "NM_000000000.1:c.1A>G",
                                "NULL",
                                "NULL",
                                "NULL",
                                "NULL",
                                "NULL",
                                "NULL",
                                "NULL",
                                "NOT_FOUND"))
                .contains(
                        List.of(
                                "NM_003002.2:c.274G>T",
                                "SDHD",
                                "6392",
                                "PROTEIN_CODING",
                                "11",
                                "NC_000011.10:112086873-112095794",
                                "2",
                                "9606",
                                "NULL"),
                        List.of(
                                "NP_068575.1:p.Leu49Pro",
                                "IL21",
                                "59067",
                                "PROTEIN_CODING",
                                "4",
                                "NC_000004.12:122612623-122621069",
                                "2",
                                "9606",
                                "NULL"));
        assertThat(written("accession", "protein", "symbol"))
                .hasSize(15)
                .contains("NM_000546 p.Arg248Gln TP53", "NM_000000000.1 null null");
    }

    @Test
    void accessionsCanBeGivenInsteadOfATable() {
        JobRun run = run("--accessions", "NM_025848.3,NR_001564.2");

        assertThat(run.exitCode()).isZero();
        assertThat(written("accession", "symbol", "gene_type", "tax_id"))
                .containsExactly("NM_025848.3 Sdhd PROTEIN_CODING 10090", "NR_001564.2 XIST ncRNA 9606");
    }

    @Test
    void aServiceAtAnAddressIsAskedOnce() {
        try (NcbiGeneService service =
                NcbiGeneService.builder().synthetic(10).build().start()) {
            JobRun run = run("--variants", "data/variants.csv", "--base-url", service.baseUrl());

            assertThat(run.exitCode()).isZero();
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void whatTheConnectorComplainsOfIsSaidInItsWords() {
        JobRun run = run("--accessions", "NM_000546.6", "--base-url", "http://example.org");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.complaint())
                .isEqualTo("[NCBI_GENE_INVALID_OPTION] Option base_url is 'http://example.org', which is not encrypted."
                        + " Use https, or set allow_http to true if nobody else can listen." + System.lineSeparator());
    }

    @Test
    void anUnknownOptionShowsTheUsage() {
        JobRun run = run("--nonsense");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.complaint()).contains("Unknown option", "Usage: EnrichVariants");
    }
}
