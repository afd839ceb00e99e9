package io.github.sparkncbigene.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTaxonTest {
    @TempDir
    private Path directory;

    private JobRun run(NcbiGeneService service, String taxon) {
        return JobRun.of(
                SnapshotTaxon.commandLine(),
                "--taxon",
                taxon,
                "--cache",
                directory.resolve("cache").toString(),
                "--base-url",
                service.baseUrl(),
                "--out",
                directory.resolve("human").toString());
    }

    @Test
    void theRecipeIsWhatTheExampleDoesAndPrints() throws IOException {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            JobRun run = run(service, "human");

            assertThat(run.complaint()).isEmpty();
            assertThat(run.exitCode()).isZero();
            Recipe.of("snapshot").quotes(SnapshotTaxon.class).prints(run.printed());
            // The ids, the genes, and their products.
            assertThat(service.requests()).hasSize(3);
        }
    }

    @Test
    void aJobThatWasStoppedGoesOnWhereItWas() {
        try (NcbiGeneService service =
                NcbiGeneService.builder().synthetic(6000).compact(true).build().start()) {
            // 4217 genes: five pages of ids, five batches of genes, five of products.
            service.faults().when(request -> request.sequence() >= 9, Fault.status(404));
            JobRun stopped = run(service, "human");

            assertThat(stopped.exitCode()).isNotZero();
            assertThat(stopped.complaint()).contains("NCBI_GENE_");
            int done = (int) service.requests().stream()
                    .filter(request -> request.status() == 200)
                    .count();
            assertThat(done).isBetween(7, 9);
            service.faults().clear();
            service.clearRequests();

            JobRun resumed = run(service, "human");

            assertThat(resumed.complaint()).isEmpty();
            assertThat(service.requests()).hasSizeBetween(15 - done, 10);
            assertThat(resumed.table().get(1).get(0)).isEqualTo("4217");
            service.clearRequests();

            // Nothing is fetched twice.
            assertThat(run(service, "human").exitCode()).isZero();
            assertThat(service.requests()).isEmpty();
        }
    }

    @Test
    void theFileOfNcbiHasTheSameColumns() throws IOException {
        Path file = Files.write(
                directory.resolve("gene2refseq.tsv"),
                List.of(
                        "#tax_id\tGeneID\tstatus\tRNA_nucleotide_accession.version\tRNA_nucleotide_gi"
                                + "\tprotein_accession.version\tprotein_gi\tgenomic_nucleotide_accession.version"
                                + "\tgenomic_nucleotide_gi\tstart_position_on_the_genomic_accession"
                                + "\tend_position_on_the_genomic_accession\torientation\tassembly"
                                + "\tmature_peptide_accession.version\tmature_peptide_gi\tSymbol",
                        "9606\t59067\tREVIEWED\tNM_021803.4\t-\tNP_068575.1\t-\tNC_000004.12\t-\t122612622\t122621068"
                                + "\t-\tReference GRCh38.p14 Primary Assembly\t-\t-\tIL21",
                        "9606\t59067\tREVIEWED\tNM_001207006.3\t-\tNP_001193935.1\t-\tNC_000004.12\t-\t122612622"
                                + "\t122621068\t-\tReference GRCh38.p14 Primary Assembly\t-\t-\tIL21",
                        "10090\t60505\tREVIEWED\tNM_021782.3\t-\tNP_068554.1\t-\tNC_000069.7\t-\t37276909\t37286785"
                                + "\t-\tReference GRCm39 C57BL/6J\t-\t-\tIl21"));
        try (SparkSession spark = Jobs.spark("gene2refseq").getOrCreate()) {
            Dataset<Row> genes = SnapshotTaxon.ofGene2Refseq(spark, file.toString(), 9606);

            assertThat(genes.columns()).contains("gene_id", "symbol", "transcripts", "proteins");
            assertThat(genes.selectExpr(
                                    "gene_id",
                                    "symbol",
                                    "size(transcripts)",
                                    "size(proteins)",
                                    "places[0].accession",
                                    "places[0].begin",
                                    "places[0].end")
                            .collectAsList())
                    .extracting(row -> row.mkString("|"))
                    .containsExactly("59067|IL21|2|2|NC_000004.12|122612623|122621069");
        }
    }

    /** Figures for the recipe, which take minutes: {@code -Dsnapshot.genes=142834} makes 100,001 human genes. */
    @Test
    @EnabledIfSystemProperty(named = "snapshot.genes", matches = "[0-9]+")
    void aLargeTaxonIsStoppedAndResumed() throws IOException {
        long genes = Long.getLong("snapshot.genes");
        try (NcbiGeneService service =
                NcbiGeneService.builder().synthetic(genes).build().start()) {
            // In the middle of the genes' records, after the pages of ids.
            service.faults().when(request -> request.sequence() >= genes / 1000, Fault.status(404));
            long start = System.nanoTime();
            assertThat(run(service, "human").exitCode()).isNotZero();
            long stopped = System.nanoTime();
            service.faults().clear();
            long sent = service.requests().size();

            JobRun resumed = run(service, "human");

            long end = System.nanoTime();
            assertThat(resumed.complaint()).isEmpty();
            System.out.println(resumed.table());
            System.out.println(Map.of(
                    "seconds until stopped",
                    (stopped - start) / 1_000_000_000,
                    "seconds resumed",
                    (end - stopped) / 1_000_000_000,
                    "requests until stopped",
                    sent,
                    "requests",
                    service.requests().size(),
                    "bytes cache",
                    bytes(directory.resolve("cache")),
                    "bytes Parquet",
                    bytes(directory.resolve("human"))));
        }
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
