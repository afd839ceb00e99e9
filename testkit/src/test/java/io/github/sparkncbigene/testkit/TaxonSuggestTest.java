package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** NCBI's own client looks a taxon up before it requests genes by symbol or taxon. */
class TaxonSuggestTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension service = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private final Client client = new Client(service::baseUrl);

    @Test
    void aNameANumberAndTheStartOfANameFindATaxon() {
        for (String words : List.of("human", "Homo sapiens", "9606", "HUMAN", "hum")) {
            JsonNode found = suggest("{\"taxon_query\":\"" + words + "\",\"tax_rank_filter\":\"higher_taxon\"}");
            assertThat(found).as(words).hasSize(1);
            assertThat(found.path(0).path("tax_id").asText()).isEqualTo("9606");
            assertThat(found.path(0).path("sci_name").asText()).isEqualTo("Homo sapiens");
            assertThat(found.path(0).path("common_name").asText()).isEqualTo("human");
            assertThat(found.path(0).path("rank").asText()).isEqualTo("SPECIES");
        }
        assertThat(service.requests()).hasSize(5).allMatch(request -> request.status() == 200);
    }

    @Test
    void theExactNameComesFirst() {
        JsonNode found = suggest("{\"taxon_query\":\"Escherichia coli\"}");
        assertThat(found.path(0).path("tax_id").asText()).isEqualTo("562");
        assertThat(found).hasSizeGreaterThan(1);
        assertThat(suggest("{\"taxon_query\":\"Escherichia coli\",\"exact_match\":true}"))
                .hasSize(1);
    }

    @Test
    void ranksAboveSpeciesAreThereOnRequest() {
        assertThat(suggest("{\"taxon_query\":\"mammals\"}")).isEmpty();
        assertThat(suggest("{\"taxon_query\":\"mammals\",\"tax_rank_filter\":\"higher_taxon\"}"))
                .hasSize(1);
    }

    @Test
    void whatIsUnknownIsAnEmptyObject() {
        assertThat(client.post("/taxonomy/taxon_suggest", "{\"taxon_query\":\"klingon\"}")
                        .text())
                .isEqualTo("{}");
        assertThat(client.get("/taxonomy/taxon_suggest/mus%20musculus?exact_match=true")
                        .json()
                        .findValuesAsText("tax_id"))
                .containsExactly("10090");
    }

    @Test
    void wrongRequestsAreRefused() {
        assertThat(client.post("/taxonomy/taxon_suggest", "{").status()).isEqualTo(400);
        assertThat(client.post("/taxonomy/taxon_suggest", "{}").status()).isEqualTo(400);
        assertThat(client.get("/taxonomy/taxon_suggest").status()).isEqualTo(405);
        assertThat(client.get("/taxonomy/taxon/9606").status()).isEqualTo(404);
    }

    private JsonNode suggest(String body) {
        return client.post("/taxonomy/taxon_suggest", body).json().path("sci_name_and_ids");
    }
}
