package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkncbigene.testkit.Behaviour.QueryEcho;
import io.github.sparkncbigene.testkit.Behaviour.SeveralSelectors;
import io.github.sparkncbigene.testkit.Behaviour.Sorting;
import io.github.sparkncbigene.testkit.Behaviour.SupersededVersion;
import io.github.sparkncbigene.testkit.Behaviour.UnknownIds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviourTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension service =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(100));

    private final Client client = new Client(service::baseUrl);

    @Test
    void queryIsEchoedInSeveralWays() {
        String path = "/gene/accession/NM_000546.6,NM_000546,NP_000537.3";
        assertThat(client.get(path).query(0)).containsExactly("NM_000546.6", "NM_000546", "NP_000537.3");
        service.configure(behaviour -> behaviour.queryEcho(QueryEcho.WITHOUT_VERSION));
        assertThat(client.get(path).query(0)).containsExactly("NM_000546", "NP_000537");
        service.configure(behaviour -> behaviour.queryEcho(QueryEcho.OMITTED));
        assertThat(client.get(path).reports().path(0).has("query")).isFalse();
    }

    @Test
    void queryMayBeMissingInAbbreviatedReports() {
        service.configure(behaviour -> behaviour.queryInAbbreviatedReports(false));
        assertThat(client.get("/gene/id/7157?returned_content=IDS_ONLY")
                        .reports()
                        .path(0)
                        .has("query"))
                .isFalse();
        assertThat(client.get("/gene/id/7157?returned_content=COUNTS_ONLY")
                        .reports()
                        .path(0)
                        .has("query"))
                .isFalse();
        assertThat(client.get("/gene/id/7157").query(0)).containsExactly("7157");
    }

    @Test
    void supersededVersionFindsTheCurrentOneOrNothing() {
        String path = "/gene/accession/NM_000546.5";
        Client.Reply silent = client.get(path);
        assertThat(silent.query(0)).containsExactly("NM_000546.5");
        assertThat(silent.reports().path(0).has("warnings")).isFalse();

        service.configure(behaviour -> behaviour.supersededVersion(SupersededVersion.CURRENT_WITH_WARNING));
        Client.Reply warned = client.get(path);
        assertThat(warned.query(0)).containsExactly("NM_000546.6");
        JsonNode warning = warned.reports().path(0).path("warnings").path(0);
        assertThat(warning.path("gene_warning_code").asText()).isEqualTo("ACCESSION_VERSION_MISMATCH");
        assertThat(warning.path("replaced_id"))
                .isEqualTo(Client.parse("{\"requested\":\"NM_000546.5\",\"returned\":\"NM_000546.6\"}"));

        service.configure(behaviour -> behaviour.supersededVersion(SupersededVersion.MISSING));
        assertThat(client.get(path).text()).isEqualTo("{}");
    }

    @Test
    void replacedGeneIdsFindTheirGene() {
        long replaced = SyntheticGenes.replacedGeneId(5).orElseThrow();
        Client.Reply reply = client.get("/gene/id/" + replaced);
        assertThat(reply.geneIds()).containsExactly(SyntheticGenes.geneId(5));
        assertThat(reply.reports().path(0).path("gene").path("replaced_gene_id").asLong())
                .isEqualTo(replaced);
        service.configure(behaviour -> behaviour.supersededVersion(SupersededVersion.CURRENT_WITH_WARNING));
        assertThat(client.get("/gene/id/" + replaced)
                        .reports()
                        .path(0)
                        .findValue("gene_warning_code")
                        .asText())
                .isEqualTo("REPLACED_GENE_ID");
    }

    @Test
    void unknownIdentifiersMayBeNamed() {
        service.configure(behaviour -> behaviour.unknownIds(UnknownIds.NAMED));
        JsonNode page = client.get("/gene/accession/NM_000546,NM_111111111").json();
        assertThat(page.path("reports")).hasSize(1);
        assertThat(page.path("messages")).hasSize(1);
        JsonNode warning = page.path("messages").path(0).path("warning");
        assertThat(warning.path("gene_warning_code").asText()).isEqualTo("UNRECOGNIZED_ACCESSION");
        assertThat(warning.path("unrecognized_identifier").asText()).isEqualTo("NM_111111111");

        JsonNode nothing = client.get("/gene/accession/NM_111111111").json();
        assertThat(nothing.has("reports")).isFalse();
        assertThat(nothing.path("messages")).hasSize(1);
        assertThat(client.get("/gene/taxon/klingon").json().findValuesAsText("gene_warning_code"))
                .containsExactly("UNRECOGNIZED_TAX_TOKEN");
        assertThat(client.get("/gene/symbol/TP53/taxon/klingon").json().findValuesAsText("gene_warning_code"))
                .contains("UNRECOGNIZED_TAX_TOKEN");
    }

    @Test
    void unknownIdentifiersMayBeReportsWithoutAGene() {
        service.configure(behaviour -> behaviour.unknownIds(UnknownIds.IN_REPORTS));
        JsonNode page = client.get("/gene/accession/NM_000546,NM_111111111").json();
        assertThat(page.has("messages")).isFalse();
        assertThat(page.path("reports")).hasSize(2);
        JsonNode unknown = page.path("reports").path(1);
        assertThat(unknown.has("gene")).isFalse();
        assertThat(unknown.path("query").path(0).asText()).isEqualTo("NM_111111111");
        assertThat(unknown.path("warnings").path(0).path("gene_warning_code").asText())
                .isEqualTo("UNRECOGNIZED_ACCESSION");
        assertThat(client.get("/gene/accession/NM_111111111").reports()).hasSize(1);
        assertThat(client.get("/gene/accession/NM_000546,NM_111111111", Client.NDJSON)
                        .lines())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"UNION, 2", "INTERSECTION, 0"})
    void severalSelectorsAreCombined(SeveralSelectors how, int genes) {
        service.configure(behaviour -> behaviour.severalSelectors(how));
        assertThat(client.get("/gene/accession/NP_414542.1?locus_tags=b0344").reports())
                .hasSize(genes);
        assertThat(client.get("/gene/accession/NP_414542.1?locus_tags=b0001").geneIds())
                .containsExactly(944742L);
        assertThat(client.post("/gene", "{\"gene_ids\":[7157],\"locus_tags\":[\"b0344\"]}")
                        .reports())
                .hasSize(genes);
        assertThat(client.post("/gene", "{\"gene_ids\":[944742],\"taxon\":\"511145\",\"page_size\":99}")
                        .reports())
                .hasSize(how == SeveralSelectors.UNION ? 40 : 1);
    }

    @Test
    void severalSelectorsMayBeRejected() {
        service.configure(behaviour -> behaviour.severalSelectors(SeveralSelectors.REJECT));
        assertThat(client.get("/gene/accession/NP_414542.1?locus_tags=b0344").status())
                .isEqualTo(400);
        assertThat(client.get("/gene/accession/NP_414542.1").status()).isEqualTo(200);
    }

    @Test
    void sortingMayBeIgnoredOrRejected() {
        String path = "/gene/id/7157,672,1080,3043/dataset_report?sort.field=symbol";
        assertThat(client.get(path).geneIds()).containsExactly(672L, 1080L, 3043L, 7157L);
        service.configure(behaviour -> behaviour.sorting(Sorting.IGNORED));
        assertThat(client.get(path + "x").geneIds()).isNotEqualTo(List.of(672L, 1080L, 3043L, 7157L));
        service.configure(behaviour -> behaviour.sorting(Sorting.REJECTED));
        assertThat(client.get(path).status()).isEqualTo(400);
    }

    @Test
    void refusedIdentifiersFailTheRequest() {
        service.configure(behaviour -> behaviour.refuse(id -> id.startsWith("BAD")));
        Client.Reply reply = client.post("/gene", "{\"accessions\":[\"NM_000546\",\"BAD1\",\"BAD2\"]}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message())
                .startsWith("Invalid argument provided: 'BAD1'.")
                .doesNotContain("BAD2");
        assertThat(client.get("/gene/accession/NM_000546").status()).isEqualTo(200);
    }

    @Test
    void changesLastUntilTheNextTest() {
        service.configure(behaviour -> behaviour.latency(Duration.ofDays(1)).queryEcho(QueryEcho.OMITTED));
        service.service().reset();
        assertThat(client.get("/gene/id/7157").query(0)).containsExactly("7157");
    }

    @Test
    void latencyMayDependOnTheRequest() {
        // The first request takes long for its own reasons.
        client.get("/gene/id/7157");
        service.clearRequests();
        service.configure(behaviour ->
                behaviour.latency(request -> request.ids().size() > 1 ? Duration.ofSeconds(2) : Duration.ZERO));
        client.get("/gene/id/7157");
        client.get("/gene/id/7157,672");
        assertThat(millis(service.requests().get(0))).isLessThan(2000);
        assertThat(millis(service.requests().get(1))).isGreaterThanOrEqualTo(2000);
    }

    private static long millis(RecordedRequest request) {
        return (request.completedNanos() - request.arrivedNanos()) / 1_000_000;
    }
}
