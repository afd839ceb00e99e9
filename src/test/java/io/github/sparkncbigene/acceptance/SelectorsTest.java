package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to say which genes to read. */
@ExtendWith(LocalSpark.class)
class SelectorsTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private static DataFrameReader reader(SparkSession spark) {
        return spark.read().format("ncbi-gene").option("base_url", SERVICE.baseUrl());
    }

    private static List<String> rows(DataFrameReader reader, String... expressions) {
        return LocalSpark.rows(reader.load().selectExpr(expressions)).stream()
                .sorted()
                .toList();
    }

    private static List<String> asked() {
        return SERVICE.requests().stream()
                .map(request -> request.method() + " " + request.path().replace("/datasets/v2", ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "post"})
    void locusTags(String method, SparkSession spark) {
        DataFrameReader genes =
                reader(spark).option("locus_tags", "b0001 YER095W,none1").option("method", method);

        assertThat(rows(genes, "locus_tag", "symbol", "accession", "warnings[0].code"))
                .containsExactly("YER095W|RAD51|null|null", "b0001|thrL|null|null", "none1|null|null|NOT_FOUND");
        assertThat(asked())
                .containsExactly(
                        method.equals("get")
                                ? "GET /gene/locus_tag/YER095W,b0001,none1/dataset_report"
                                : "POST /gene/dataset_report");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "post"})
    void geneIds(String method, SparkSession spark) {
        DataFrameReader genes =
                reader(spark).option("gene_ids", "59067, 50615, 999999999").option("method", method);

        assertThat(rows(genes, "gene_id", "symbol", "warnings[0].code"))
                .containsExactly("50615|IL21R|null", "59067|IL21|null", "999999999|null|NOT_FOUND");
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .containsExactlyInAnyOrder("50615", "59067", "999999999"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "post"})
    void symbolsOfATaxon(String method, SparkSession spark) {
        DataFrameReader genes = reader(spark)
                .option("symbols", "[\"IL21\", \"TP53\"]")
                .option("taxon", "Homo sapiens")
                .option("method", method);

        assertThat(rows(genes, "symbol", "gene_id", "tax_id")).containsExactly("IL21|59067|9606", "TP53|7157|9606");
        assertThat(SERVICE.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "post"})
    void aWholeTaxonPageAfterPage(String method, SparkSession spark) {
        List<String> all =
                rows(reader(spark).option("taxon", "9606").option("method", method), "gene_id", "tax_id", "accession");
        int pages = SERVICE.requests().size();
        SERVICE.clearRequests();

        List<String> paged = rows(
                reader(spark).option("taxon", "9606").option("method", method).option("page_size", 5),
                "gene_id",
                "tax_id",
                "accession");

        assertThat(pages).isEqualTo(1);
        assertThat(all)
                .hasSizeGreaterThan(10)
                .allMatch(row -> row.endsWith("|9606|null"))
                .doesNotHaveDuplicates();
        assertThat(paged).isEqualTo(all);
        assertThat(SERVICE.requests()).hasSize((all.size() + 4) / 5);
    }

    @Test
    void aTaxonWithTheTaxaBelowIt(SparkSession spark) {
        DataFrameReader bacteria = reader(spark).option("taxon", "562");

        assertThat(rows(bacteria, "tax_id")).isEmpty();
        assertThat(rows(bacteria.option("tax_search_subtree", "true"), "tax_id"))
                .contains("511145");
        assertThat(SERVICE.requests())
                .extracting(request -> request.parameter("tax_search_subtree").orElse("not sent"))
                .containsExactly("not sent", "true");
    }

    @Test
    void accessionsFromFiles(SparkSession spark, @TempDir Path directory) throws IOException {
        Path plain = directory.resolve("a.txt");
        Files.writeString(plain, "# human\nNM_021803.4  # IL21\n\n  NP_851564.1\n");
        Path zipped = directory.resolve("b.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("NM_000546.6\nNM_021803.4\n".getBytes(StandardCharsets.UTF_8));
        }
        List<String> expected = List.of("NM_000546.6|TP53", "NM_021803.4|IL21", "NP_851564.1|IL21R");

        for (String[] paths : List.of(
                new String[] {plain.toString(), zipped.toString()},
                new String[] {directory.toString()},
                new String[] {directory + "/*.txt*"})) {
            assertThat(LocalSpark.rows(reader(spark).load(paths).select("accession", "symbol")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(rows(reader(spark).option("accessionsPath", zipped.toString()), "symbol"))
                .containsExactly("IL21", "TP53");
    }

    @Test
    void everyFormOfAList(SparkSession spark) {
        for (String list : List.of(
                "NM_021803.4,NP_068575.1",
                " NM_021803.4 \n NP_068575.1\t",
                "[\"NM_021803.4\", \"NP_068575.1\"]",
                "['NM_021803.4', 'NP_068575.1']",
                "NM_021803.4;NP_068575.1".replace(';', ' '))) {
            assertThat(rows(reader(spark).option("ACCESSIONS", list), "accession", "symbol"))
                    .as(list)
                    .containsExactly("NM_021803.4|IL21", "NP_068575.1|IL21");
        }
    }

    @Test
    void severalSelectorsAreRefused(SparkSession spark) {
        assertThatThrownBy(() ->
                        rows(reader(spark).option("accessions", "NM_021803.4").option("gene_ids", "1"), "symbol"))
                .hasMessage("[NCBI_GENE_SEVERAL_SELECTORS] Options accessions and gene_ids each say which genes to"
                        + " read. Give one of them, or read twice and union.");
        assertThatThrownBy(() ->
                        rows(reader(spark).option("accessions", "NM_021803.4").option("locus_tags", "b0001"), "symbol"))
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Options accessions and locus_tags go together only with"
                        + " endpoint = metadata; NCBI's report endpoints take one of them. Set endpoint to metadata, or"
                        + " read twice and union.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void locusTagsBesideAccessionsOnTheMetadataEndpoint(SparkSession spark) {
        DataFrameReader both = reader(spark)
                .option("endpoint", "metadata")
                .option("accessions", "NM_021803.4")
                .option("locus_tags", "b0001");

        assertThat(rows(both, "accession", "locus_tag", "symbol", "warnings[0].code"))
                .containsExactly("NM_021803.4|null|IL21|null", "null|b0001|thrL|null");
        RecordedRequest request = SERVICE.requests().get(0);
        assertThat(request.path()).isEqualTo("/datasets/v2/gene/accession/NM_021803.4");
        assertThat(request.parameters().get("locus_tags")).containsExactly("b0001");
    }

    @Test
    void hostileIdentifiersAskForThemselvesOnly(SparkSession spark) {
        String hostile = "../../x?y=1#z";

        assertThat(rows(reader(spark).option("locus_tags", hostile + " a%2Fb"), "locus_tag", "warnings[0].code"))
                .containsExactly(hostile + "|NOT_FOUND", "a%2Fb|NOT_FOUND");
        assertThat(SERVICE.requests())
                .allSatisfy(request -> assertThat(request.ids()).containsAnyOf(hostile, "a%2Fb"));
    }
}
