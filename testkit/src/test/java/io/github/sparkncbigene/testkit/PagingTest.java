package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension service = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(3000).compact(true));

    private static final String IDS =
            LongStream.range(0, 45).mapToObj(SyntheticGenes::accession).collect(Collectors.joining(","));

    private final Client client = new Client(service::baseUrl);

    @Test
    void pagesTogetherAreTheAnswer() {
        List<Client.Reply> pages = walk("/gene/accession/" + IDS + "/dataset_report", Map.of());
        assertThat(pages).hasSize(3);
        assertThat(pages.get(0).header("X-Ncbi-Total-Count")).contains("45");
        assertThat(pages.get(0).json().path("total_count").asInt()).isEqualTo(45);
        for (Client.Reply page : pages.subList(1, 3)) {
            assertThat(page.header("X-Ncbi-Total-Count")).isEmpty();
            assertThat(page.json().has("total_count")).isFalse();
        }
        for (Client.Reply page : pages.subList(0, 2)) {
            assertThat(page.token())
                    .contains(page.json().path("next_page_token").asText());
            assertThat(page.geneIds()).hasSize(20);
        }
        assertThat(pages.get(2).token()).isEmpty();
        assertThat(pages.get(2).json().has("next_page_token")).isFalse();
        assertThat(ids(pages))
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 45)
                        .map(SyntheticGenes::geneId)
                        .boxed()
                        .toList());
    }

    @Test
    void orderIsTheSameEachTimeButNeitherTheRequestsNorThatOfNumbers() {
        String path = "/gene/accession/" + IDS + "/dataset_report?page_size=1000";
        List<Long> order = client.get(path).geneIds();
        assertThat(client.get(path).geneIds()).isEqualTo(order);
        assertThat(order).isNotEqualTo(order.stream().sorted().toList());
        assertThat(client.get("/gene/id/672,7157").geneIds()).containsExactly(7157L, 672L);
        assertThat(client.get("/gene/id/7157,672").geneIds()).containsExactly(672L, 7157L);
    }

    @Test
    void sortedPagesAreInThatOrder() {
        String path = "/gene/accession/" + IDS + "/dataset_report?sort.field=gene_id&sort.direction=";
        List<Long> ascending = ids(walk(path + "SORT_DIRECTION_ASCENDING", Map.of()));
        assertThat(ascending).isSorted().hasSize(45);
        List<Long> descending = ids(walk(path + "SORT_DIRECTION_DESCENDING", Map.of()));
        assertThat(descending).isSortedAccordingTo((a, b) -> Long.compare(b, a)).hasSize(45);
    }

    @Test
    void tokenOfTablesAndLinesIsInTheHeaderOnly() {
        String path = "/gene/accession/" + IDS + "/dataset_report?table_fields=gene-id";
        List<Client.Reply> tables = walk(path, Client.TSV);
        assertThat(tables).hasSize(3);
        assertThat(tables.get(0).header("X-Ncbi-Total-Count")).contains("45");
        assertThat(tables.get(0).lines()).hasSize(21).startsWith("NCBI GeneID");
        assertThat(tables.get(2).lines()).hasSize(5).doesNotContain("NCBI GeneID");
        List<Client.Reply> lines = walk("/gene/accession/" + IDS + "/dataset_report", Client.NDJSON);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2).lines()).hasSize(5);
        assertThat(lines.get(0).text()).doesNotContain(lines.get(0).token().orElseThrow());
    }

    @Test
    void tokensAreForTheirRequestOnly() {
        String token = client.get("/gene/accession/" + IDS).token().orElseThrow();
        String less = IDS.substring(IDS.indexOf(',') + 1);
        for (String path : List.of(
                "/gene/accession/" + less + "?page_token=" + token,
                "/gene/accession/" + IDS + "/dataset_report?page_token=" + token,
                "/gene/accession/" + IDS + "?page_size=10&page_token=" + token,
                "/gene/accession/" + IDS + "?page_token=20",
                "/gene/accession/" + IDS + "?page_token=" + new StringBuilder(token).reverse())) {
            Client.Reply reply = client.get(path);
            assertThat(reply.status()).as(path).isEqualTo(400);
            assertThat(reply.message()).contains("invalid page token");
        }
        assertThat(token).doesNotContain("20").matches("[A-Za-z0-9_-]{22}");
    }

    @Test
    void bodiesArePagedLikeUrls() {
        String ids = "[\"" + IDS.replace(",", "\",\"") + "\"]";
        Client.Reply first = client.post("/gene/dataset_report", "{\"accessions\":" + ids + ",\"page_size\":40}");
        Client.Reply second = client.post(
                "/gene/dataset_report",
                "{\"accessions\":" + ids + ",\"page_size\":40,\"page_token\":\""
                        + first.token().orElseThrow() + "\"}");
        assertThat(first.geneIds()).hasSize(40);
        assertThat(second.geneIds()).hasSize(5).doesNotContainAnyElementsOf(first.geneIds());
    }

    @ParameterizedTest
    @CsvSource({"0, 20", "-3, 20", "1, 1", "1000, 1000", "1001, 1000", "999999, 1000"})
    void pageSizeIsClamped(int asked, int given) {
        assertThat(client.get("/gene/taxon/9606?returned_content=IDS_ONLY&page_size=" + asked)
                        .geneIds())
                .hasSize(given);
    }

    @ParameterizedTest
    @CsvSource({"0, 400", "1, 200", "1000, 200", "1001, 400"})
    void pageSizeMayBeRejected(int asked, int status) {
        service.configure(behaviour -> behaviour.oversizedPage(Behaviour.OversizedPage.REJECT));
        assertThat(client.get("/gene/taxon/9606?returned_content=IDS_ONLY&page_size=" + asked)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void wholeTaxonIsWalkedWithoutRepetition() {
        List<Long> ids =
                ids(walk("/gene/taxon/10090/dataset_report?returned_content=IDS_ONLY&page_size=170", Map.of()));
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids).hasSize(602).contains(66925L);
        assertThat(ids).isNotEqualTo(ids.stream().sorted().toList());
    }

    private List<Client.Reply> walk(String path, Map<String, String> headers) {
        List<Client.Reply> pages = new ArrayList<>();
        pages.add(client.get(path, headers));
        for (String token = pages.get(0).token().orElse(null); token != null; ) {
            String more = path + (path.contains("?") ? "&" : "?") + "page_token=" + token;
            Client.Reply page = client.get(more, headers);
            pages.add(page);
            token = page.token().orElse(null);
        }
        return pages;
    }

    private static List<Long> ids(List<Client.Reply> pages) {
        return pages.stream().flatMap(page -> page.geneIds().stream()).toList();
    }
}
