package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedReportsTest {
    private static NcbiGeneService service;
    private static final Client client = new Client(() -> service.baseUrl());

    /** Before each test, so that each one is counted as skipped without the recordings. */
    @BeforeEach
    void start() {
        Path recorded = Recorded.directory();
        if (service == null) {
            service = NcbiGeneService.builder().reports(recorded).build().start();
        }
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dataset_report/accession-NM_003002.json, accession/NM_003002",
        "dataset_report/accession-NP_002993.json, accession/NP_002993",
        "dataset_report/accession-ENST00000375549.json, accession/ENST00000375549",
        "dataset_report/accession-NM_025848.json, accession/NM_025848",
        "dataset_report/gene-ids-26521-6392.json, 'id/26521,6392'",
        "product_report/accession-NM_003002.json, accession/NM_003002",
        "product_report/accession-NM_025848.json, accession/NM_025848",
        "product_report/gene-ids-26521-6392.json, 'id/26521,6392'",
    })
    void recordedPageIsServedAgain(String file, String selector) throws IOException {
        JsonNode recorded = Client.parse(Files.readString(Recorded.directory().resolve(file)));
        String report = file.substring(0, file.indexOf('/'));
        JsonNode served = client.get("/gene/" + selector + "/" + report).json();
        assertThat(served.path("total_count")).isEqualTo(recorded.path("total_count"));
        assertThat(served.path("reports")).containsExactlyInAnyOrderElementsOf(recorded.path("reports"));
    }

    @Test
    void unknownAccessionIsServedAsRecorded() throws IOException {
        String recorded = Files.readString(Recorded.directory().resolve("dataset_report/accession-unknown.json"));
        assertThat(client.get("/gene/accession/NM_000000000/dataset_report").text())
                .isEqualTo(recorded.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NM_003002.4",
                "NM_003002",
                "NM_003002.2",
                "NP_002993",
                "NP_002993.1",
                "ENST00000375549",
                "ENST00000375549.8",
                "ENSP00000364699",
                "NR_077060.2",
                "NM_001276503"
            })
    void everyAccessionOfAGeneFindsIt(String accession) {
        assertThat(service.catalogue().geneIds(accession)).containsExactly(6392L);
        assertThat(client.get("/gene/accession/" + accession).geneIds()).containsExactly(6392L);
    }

    @Test
    void packagedReportIsServedInSnakeCase() {
        JsonNode gene = Client.descriptor(
                client.get("/gene/symbol/BCL11A/taxon/human").reports().path(0));
        assertThat(gene.path("gene_id").asText()).isEqualTo("53335");
        assertThat(gene.path("annotations")
                        .path(0)
                        .path("genomic_locations")
                        .path(0)
                        .path("genomic_range")
                        .path("begin"))
                .isEqualTo(Json.NODES.textNode("60450520"));
    }

    @Test
    void recordedGeneReplacesTheBuiltInOneAndKeepsItsAccessions() {
        assertThat(client.get("/gene/id/6392").json().toString()).contains("provided by RefSeq");
        assertThat(service.catalogue().geneIds("NM_003002.4")).containsExactly(6392L);
    }

    // The real table's header is that of our fields, and its lines are what our rule makes of such reports.
    @Test
    void tableHeaderIsAsRecorded() throws IOException {
        List<String> recorded;
        Path table = Recorded.directory().resolve("tabular/cricetulus-griseus-genes.tsv.gz");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(table)), StandardCharsets.UTF_8))) {
            recorded = lines.lines().limit(2).toList();
        }
        List<String> served = client.get(
                        "/gene/id/6392/dataset_report?table_fields=gene-id&table_fields=symbol&table_fields=description"
                                + "&table_fields=tax-name&table_fields=gene-type&table_fields=transcript-count"
                                + "&table_fields=group-id&table_fields=group-method",
                        Client.TSV)
                .lines();
        assertThat(served)
                .containsExactly(
                        recorded.get(0),
                        "6392\tSDHD\tsuccinate dehydrogenase complex subunit D\tHomo sapiens\tPROTEIN_CODING\t5\t6392"
                                + "\tNCBI Ortholog");
        assertThat(recorded.get(1).split("\t", -1)).hasSameSizeAs(served.get(1).split("\t", -1));
    }

    @Test
    void errorsHaveTheRecordedForm() throws IOException {
        List<String> recorded = Files.readAllLines(Recorded.directory().resolve("responses.http"));
        assertThat(recorded)
                .contains(client.get("/gene/accession/NM_003002/dataset_report?sort=x")
                        .text())
                .contains(client.get("/no/such/path").text());
        service.faults().next(Fault.status(500));
        Client.Reply error = client.get("/gene/accession/NM_003002");
        assertThat(recorded).contains(error.text());
        assertThat(error.header("Connection")).contains("close");
        service.reset();
    }
}
