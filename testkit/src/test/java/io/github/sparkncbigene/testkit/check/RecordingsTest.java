package io.github.sparkncbigene.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkncbigene.testkit.Behaviour.KeyCase;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check records is served by the stand-in. */
class RecordingsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void everyRecordedPageIsServedAgainWithoutLoss(@TempDir Path directory) throws Exception {
        try (NcbiGeneService recorded =
                NcbiGeneService.builder().announcedRateLimit(5).build().start()) {
            LiveCheck.ofStandIn(URI.create(recorded.baseUrl())).run(Optional.of(directory));
        }
        try (NcbiGeneService again = NcbiGeneService.builder()
                .wellKnownGenes(false)
                .reports(directory)
                .build()
                .start()) {
            int reports = 0;
            for (String folder : List.of("dataset_report", "product_report")) {
                for (Path file : json(directory.resolve(folder))) {
                    for (JsonNode report : Reply.MAPPER.readTree(file.toFile()).path("reports")) {
                        String id = report.path("query").path(0).asText();
                        String selector = Reports.isNumber(id) ? "id" : "accession";
                        JsonNode served = get(again.baseUrl() + "/gene/" + selector + "/" + id + "/" + folder);
                        assertThat(Reports.descriptor(served.path("reports").path(0)))
                                .as("%s of %s", id, file)
                                .isEqualTo(Reports.descriptor(report));
                        reports++;
                    }
                }
            }
            assertThat(reports).isGreaterThan(15);
        }
    }

    @Test
    void aCheckOfTheRecordingsIsAsTheRecordedOneForAllThatIsRecorded(@TempDir Path directory) throws Exception {
        try (NcbiGeneService recorded =
                NcbiGeneService.builder().announcedRateLimit(5).build().start()) {
            LiveCheck.ofStandIn(URI.create(recorded.baseUrl())).run(Optional.of(directory));
        }
        try (NcbiGeneService again = NcbiGeneService.builder()
                .wellKnownGenes(false)
                .announcedRateLimit(5)
                .reports(directory)
                .build()
                .start()) {
            CheckReport report =
                    LiveCheck.ofStandIn(URI.create(again.baseUrl())).run(Optional.empty());
            // Genes of tables, locus tags and symbols alone are not recorded as reports.
            assertThat(report.deviations())
                    .isSubsetOf(
                            "accession-and-locus-tag",
                            "several-selectors",
                            "locus-tag",
                            "accession-filter-json",
                            "accession-filter-table");
        }
    }

    @Test
    void headsStandInOneFile(@TempDir Path directory) throws Exception {
        try (NcbiGeneService service =
                NcbiGeneService.builder().announcedRateLimit(5).build().start()) {
            LiveCheck.ofStandIn(URI.create(service.baseUrl())).run(Optional.of(directory));
        }
        String heads = Files.readString(directory.resolve("responses.http"));
        assertThat(heads)
                .contains("### GET /gene/accession/NM_021803.4/dataset_report\n")
                .contains("# body: dataset_report/accession.json\n\nHTTP/1.1 200\n")
                .contains("x-ncbi-next-page-token: ")
                .contains("# body: others/wrong-field-400.txt\n\nHTTP/1.1 400\n");
        assertThat(Files.readString(directory.resolve("dataset_report/unknown-alone.json")))
                .isEqualTo("{}");
        assertThat(Files.readString(directory.resolve("tabular/table.tsv"))).startsWith("Symbol\tNCBI GeneID\n");
    }

    @Test
    void bodiesThatAreNoPagesDoNotStopTheStandIn(@TempDir Path directory) throws Exception {
        try (NcbiGeneService service = NcbiGeneService.builder()
                .announcedRateLimit(5)
                .keyCase(KeyCase.CAMEL)
                .build()
                .start()) {
            LiveCheck.ofStandIn(URI.create(service.baseUrl())).run(Optional.of(directory));
        }
        Files.writeString(directory.resolve("others").resolve("broken.txt"), "{\"reports\":[");
        try (NcbiGeneService again =
                NcbiGeneService.builder().reports(directory).build().start()) {
            assertThat(get(again.baseUrl() + "/gene/id/7157").path("reports")).hasSize(1);
        }
    }

    private static List<Path> json(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode get(String url) throws Exception {
        HttpResponse<String> response =
                HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        return Reply.MAPPER.readTree(response.body());
    }
}
