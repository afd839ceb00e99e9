package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WellKnownGenesTest {
    private final NcbiGeneService service = NcbiGeneService.builder().build();
    private final GeneCatalogue catalogue = service.catalogue();

    @ParameterizedTest
    @CsvSource({
        "NM_021803.4, 59067",
        "NP_068575.1, 59067",
        "NM_001207006.3, 59067",
        "NP_001193935.1, 59067",
        "NM_181078.3, 50615",
        "NP_851564.1, 50615",
        "NM_007294.4, 672",
        "NM_001407959.1, 672",
        "NM_001408458.1, 672",
        "NP_009225.1, 672",
        "b0001, 944742",
        "YER095W, 856831",
        "YML032C, 854976",
        "NM_000546.6, 7157",
        "NP_000537.3, 7157",
        "NM_003002.2, 6392",
        "NM_004333.6, 673",
        "NM_005228.5, 1956",
        "NM_004985.5, 3845",
        "NM_033360.4, 3845",
        "NM_000492.4, 1080",
        "NM_000518.5, 3043",
        "NM_000041.4, 348",
        "NM_000314.8, 5728",
        "NR_001564.2, 7503",
        "b0344, 945006",
        "NM_025848.3, 66925",
        "ENST00000269305, 7157",
        "NM_001276504.2, 6392",
        "NR_077060.2, 6392",
        "NR_003051.4, 6023",
        "NR_003137.2, 26834",
        "b4043, 948544",
        "b1184, 946359",
        "3044, 3044",
    })
    void identifiersFindTheirGene(String identifier, long geneId) {
        assertThat(catalogue.geneIds(identifier)).containsExactly(geneId);
    }

    @Test
    void organismsHaveTheirAssemblies() {
        assertThat(catalogue.geneRows("NM_000546.6", List.of("annotation-assembly-accession", "tax-id")))
                .containsExactly(List.of("GCF_000001405.40", "9606"), List.of("GCF_009914755.1", "9606"));
        assertThat(catalogue.geneRows("NM_025848.3", List.of("annotation-assembly-name", "tax-id")))
                .containsExactly(List.of("GRCm39", "10090"));
        assertThat(catalogue.geneRows("b0001", List.of("annotation-genomic-range-range-start", "tax-id")))
                .containsExactly(List.of("190", "511145"));
        assertThat(catalogue.geneRows("YER095W", List.of("annotation-genomic-range-accession", "chromosomes")))
                .containsExactly(List.of("NC_001137.3", "V"));
    }

    @Test
    void exonsAddUpToTheirTranscript() {
        int checked = 0;
        for (long id : catalogue.geneIds()) {
            JsonNode product =
                    Client.parse(catalogue.productReportJson(Long.toString(id)).orElseThrow());
            for (JsonNode transcript : product.path("transcripts")) {
                JsonNode exons = transcript.path("genomic_locations").path(0).path("exons");
                if (exons.isEmpty() || !transcript.has("length")) {
                    continue;
                }
                long length = 0;
                for (JsonNode exon : exons) {
                    length += exon.path("end").asLong() - exon.path("begin").asLong() + 1;
                }
                assertThat(length)
                        .as(transcript.path("accession_version").asText())
                        .isEqualTo(transcript.path("length").asLong());
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(10);
    }

    @Test
    void pseudogeneLacksCountsGroupsAndSummary() {
        JsonNode gene = Client.parse(catalogue.geneReportJson("3044").orElseThrow());
        assertThat(gene.path("type").asText()).isEqualTo("PSEUDO");
        for (String absent : List.of("transcript_count", "protein_count", "gene_groups", "summary", "gene_ontology")) {
            assertThat(gene.has(absent)).isFalse();
        }
        assertThat(Client.parse(catalogue.productReportJson("3044").orElseThrow())
                        .has("transcripts"))
                .isFalse();
    }

    @Test
    void everyMemberIsARegisteredField() {
        for (long id : catalogue.geneIds()) {
            String identifier = Long.toString(id);
            check(
                    "",
                    Client.parse(catalogue.geneReportJson(identifier).orElseThrow()),
                    TableFields.of(Report.GENE).paths());
            check(
                    "",
                    Client.parse(catalogue.productReportJson(identifier).orElseThrow()),
                    TableFields.of(Report.PRODUCT).paths());
        }
        Genes genes = new Genes(List.of(), 300, false);
        for (long i = 0; i < 300; i++) {
            check("", genes.synthetic(i).report(), TableFields.of(Report.GENE).paths());
            check(
                    "",
                    genes.synthetic(i).product(),
                    TableFields.of(Report.PRODUCT).paths());
        }
    }

    @Test
    void builtInGenesMayBeLeftOut() {
        GeneCatalogue none =
                NcbiGeneService.builder().wellKnownGenes(false).build().catalogue();
        assertThat(none.geneIds()).isEmpty();
        assertThat(none.geneIds("NM_000546.6")).isEmpty();
        assertThat(none.geneReportJson("NM_000546.6")).isEmpty();
        assertThat(none.productRows("NM_000546.6", List.of("symbol"))).isEmpty();
        assertThat(catalogue.accessions()).contains("NM_000546.6", "ENSP00000269305.4");
    }

    private static void check(String path, JsonNode node, Set<String> known) {
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> check(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue(), known));
        } else if (node.isArray()) {
            node.forEach(element -> check(path + "[]", element, known));
        } else {
            assertThat(known).contains(path);
        }
    }
}
