package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SyntheticGenesTest {
    private static final int SOME = 2000;

    private final Genes genes = new Genes(List.of(), SOME, false);

    @Test
    void everyIdentifierFindsItsGene() {
        for (long i = 0; i < SOME; i++) {
            List<Long> only = List.of(SyntheticGenes.geneId(i));
            assertThat(ids(genes.byAccession(SyntheticGenes.accession(i)))).isEqualTo(only);
            assertThat(ids(genes.byAccession(Accession.withoutVersion(SyntheticGenes.accession(i)))))
                    .isEqualTo(only);
            assertThat(ids(genes.byAccession(SyntheticGenes.ensemblTranscript(i))))
                    .isEqualTo(only);
            assertThat(ids(genes.byGeneId(SyntheticGenes.geneId(i)))).isEqualTo(only);
            assertThat(ids(genes.byLocusTag(SyntheticGenes.locusTag(i)))).isEqualTo(only);
            assertThat(ids(genes.bySymbol(SyntheticGenes.symbol(i), Set.of(SyntheticGenes.taxId(i)))))
                    .isEqualTo(only);
            assertThat(ids(genes.bySymbol(SyntheticGenes.synonym(i), Set.of(SyntheticGenes.taxId(i)))))
                    .isEqualTo(only);
            for (String accession : SyntheticGenes.accessions(i)) {
                assertThat(ids(genes.byAccession(accession))).isEqualTo(only);
            }
            SyntheticGenes.proteinAccession(i).ifPresent(protein -> assertThat(ids(genes.byAccession(protein)))
                    .isEqualTo(only));
        }
    }

    @Test
    void identifiersBeyondTheLastGeneFindNothing() {
        assertThat(genes.byAccession(SyntheticGenes.accession(SOME))).isEmpty();
        assertThat(genes.byGeneId(SyntheticGenes.geneId(SOME))).isEmpty();
        assertThat(genes.byLocusTag(SyntheticGenes.locusTag(SOME))).isEmpty();
        assertThat(genes.bySymbol(SyntheticGenes.symbol(SOME), Set.of(9606L, 10090L, 511145L)))
                .isEmpty();
        assertThat(genes.byAccession("NM_90000000")).isEmpty();
        assertThat(genes.byAccession("NM_900000000.99")).isEmpty();
        assertThat(genes.byAccession("NR_900000000").size()
                        + genes.byAccession("NM_900000000").size())
                .isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> SyntheticGenes.symbol(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> SyntheticGenes.symbol(SyntheticGenes.MAX));
    }

    @Test
    void accessionsAreDistinct() {
        Set<String> seen = new HashSet<>();
        for (long i = 0; i < SOME; i++) {
            for (String accession : SyntheticGenes.accessions(i)) {
                assertThat(seen.add(accession)).as(accession).isTrue();
            }
        }
    }

    @Test
    void olderVersionsAreSuperseded() {
        long i = first(gene -> SyntheticGenes.accession(gene).endsWith(".3"));
        String base = Accession.withoutVersion(SyntheticGenes.accession(i));
        assertThat(genes.byAccession(base + ".3").get(0).returned()).isNull();
        assertThat(genes.byAccession(base).get(0).returned()).isNull();
        assertThat(genes.byAccession(base + ".2").get(0).returned()).isEqualTo(base + ".3");
        assertThat(genes.byAccession(base + ".4")).isEmpty();
    }

    @Test
    void reportsAgreeWithWhatTheClassSays() {
        for (long i = 0; i < SOME; i++) {
            Gene gene = genes.synthetic(i);
            ObjectNode report = gene.report();
            assertThat(report.path("gene_id").asText()).isEqualTo(Long.toString(SyntheticGenes.geneId(i)));
            assertThat(report.path("symbol").asText()).isEqualTo(SyntheticGenes.symbol(i));
            assertThat(report.path("description").asText()).isEqualTo(SyntheticGenes.description(i));
            assertThat(report.path("tax_id").asText()).isEqualTo(Long.toString(SyntheticGenes.taxId(i)));
            assertThat(report.path("type").asText()).isEqualTo(SyntheticGenes.type(i));
            assertThat(report.path("locus_tag").asText()).isEqualTo(SyntheticGenes.locusTag(i));
            assertThat(report.path("replaced_gene_id").asLong())
                    .isEqualTo(SyntheticGenes.replacedGeneId(i).orElse(0));
            JsonNode transcripts = gene.product().path("transcripts");
            assertThat(transcripts.findValuesAsText("accession_version")).containsAll(SyntheticGenes.accessions(i));
            assertThat(transcripts).hasSize(SyntheticGenes.transcriptCount(i));
            assertThat(gene.product().path("transcript_count").asInt()).isEqualTo(SyntheticGenes.transcriptCount(i));
        }
    }

    @Test
    void reportsAreAlwaysTheSame() {
        Genes others = new Genes(List.of(), SOME, false);
        for (long i = 0; i < 100; i++) {
            assertThat(others.synthetic(i).report())
                    .isEqualTo(genes.synthetic(i).report());
            assertThat(others.synthetic(i).product())
                    .isEqualTo(genes.synthetic(i).product());
        }
    }

    @Test
    void oddThingsAreThere() {
        assertThat(some(gene -> gene.product().path("transcripts").isMissingNode()))
                .isPositive();
        assertThat(some(gene -> gene.report().path("gene_ontology").isObject()
                        && gene.report().path("gene_ontology").isEmpty()))
                .isPositive();
        assertThat(some(gene -> gene.report().path("gene_ontology").isMissingNode()))
                .isPositive();
        assertThat(some(SyntheticGenesTest::hasDuplicateTerms)).isPositive();
        assertThat(some(SyntheticGenesTest::hasLocationWithNameOnly)).isPositive();
        assertThat(some(gene ->
                        gene.report().path("description").asText().codePoints().anyMatch(c -> c > 0xFFFF)))
                .isPositive();
        assertThat(some(gene -> gene.product().findValue("mature_peptides") != null))
                .isPositive();
        assertThat(some(gene -> gene.report().has("genomic_regions"))).isPositive();
        assertThat(some(gene -> gene.report().has("rna_type"))).isPositive();
    }

    @Test
    void sizesAreRealistic() {
        long[] reports = LongStream.range(0, SOME)
                .filter(SyntheticGenes::isCoding)
                .map(i -> Json.write(genes.synthetic(i).report()).length())
                .sorted()
                .toArray();
        assertThat(reports[reports.length / 2]).isBetween(6_000L, 22_000L);
        assertThat(reports[reports.length - 1]).isLessThan(22_000L);
        long[] products = LongStream.range(0, SOME)
                .filter(SyntheticGenes::isCoding)
                .map(i -> Json.write(genes.synthetic(i).product()).length())
                .sorted()
                .toArray();
        assertThat(products[products.length / 2]).isBetween(3_000L, 10_000L);
        assertThat(products[products.length - 1]).isBetween(80_000L, 170_000L);
    }

    @Test
    void compactReportsAreSmall() {
        Genes compact = new Genes(List.of(), SOME, true);
        for (long i = 0; i < 200; i++) {
            assertThat(Json.write(compact.synthetic(i).report())).hasSizeLessThan(900);
            assertThat(compact.synthetic(i).product().path("transcripts")).hasSize(SyntheticGenes.transcriptCount(i));
        }
    }

    private static boolean hasDuplicateTerms(Gene gene) {
        JsonNode terms = gene.report().path("gene_ontology").path("molecular_functions");
        return new HashSet<>(StreamSupport.stream(terms.spliterator(), false).toList()).size() < terms.size();
    }

    private static boolean hasLocationWithNameOnly(Gene gene) {
        return gene.report().findValues("genomic_locations").stream()
                .anyMatch(locations ->
                        locations.path(0).size() == 1 && locations.path(0).has("sequence_name"));
    }

    private long some(Predicate<Gene> wanted) {
        return LongStream.range(0, SOME)
                .mapToObj(genes::synthetic)
                .filter(wanted)
                .count();
    }

    private static long first(Predicate<Long> wanted) {
        return LongStream.range(0, SOME).boxed().filter(wanted).findFirst().orElseThrow();
    }

    private static List<Long> ids(List<Found> found) {
        return found.stream().map(one -> one.gene().id()).toList();
    }
}
