package io.github.sparkncbigene.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichVcfTest {
    @TempDir
    private Path directory;

    private JobRun run(String vcf, NcbiGeneService service) {
        return JobRun.of(
                EnrichVcf.commandLine(),
                "--vcf",
                "data/" + vcf,
                "--base-url",
                service.baseUrl(),
                "--out",
                directory.resolve("enriched").toString());
    }

    @Test
    void theRecipeIsWhatTheExampleDoesAndPrints() throws IOException {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            JobRun run = run("variants.snpeff.vcf", service);

            assertThat(run.complaint()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.table())
                    .hasSize(1 + 23)
                    .contains(List.of(
                            "NM_001276504.2",
                            "11",
                            "112088971",
                            "G",
                            "T",
                            "missense_variant",
                            "SDHD",
                            "6392",
                            "PROTEIN_CODING",
                            "NULL",
                            "NULL",
                            "NP_001263433.1"));
            Recipe.of("vcf").quotes(EnrichVcf.class).prints(run.printed());

            // One request for each report, for the transcripts of the file only; products come as a table, and what no
            // line of it shows is looked up again.
            List<String> transcripts = run.table().stream()
                    .skip(1)
                    .map(row -> row.get(0))
                    .distinct()
                    .toList();
            assertThat(service.requests()).hasSize(3);
            assertThat(service.requests(request -> request.ids().size() > 1))
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.ids()).containsExactlyInAnyOrderElementsOf(transcripts));
            assertThat(service.requests(request -> request.ids().equals(List.of("NM_000000000.1"))))
                    .hasSize(1);
        }
    }

    @Test
    void annotationsOfVepGiveTheSameGenes() {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            List<List<String>> snpEff = run("variants.snpeff.vcf", service).table();
            List<List<String>> vep = run("variants.vep.vcf", service).table();

            assertThat(vep).hasSameSizeAs(snpEff);
            assertThat(vep.stream().map(EnrichVcfTest::withoutConsequence))
                    .containsExactlyElementsOf(snpEff.stream()
                            .map(EnrichVcfTest::withoutConsequence)
                            .toList());
        }
    }

    @Test
    void aVcfWithoutAnnotationsIsAnError() {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            JobRun run = run("variants.csv", service);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.complaint())
                    .contains("data/variants.csv declares neither ANN nor CSQ. Annotate it with SnpEff or VEP first.");
            assertThat(service.requests()).isEmpty();
        }
    }

    /** The two tools use different names for some consequences. */
    private static List<String> withoutConsequence(List<String> row) {
        return List.of(String.join(" ", row.subList(0, 5)), String.join(" ", row.subList(6, row.size())));
    }
}
