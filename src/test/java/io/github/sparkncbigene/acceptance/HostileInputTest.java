package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people paste reaches the service as a value or not at all, and a mistake is the connector's own error. */
@ExtendWith(LocalSpark.class)
class HostileInputTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path temporary;

    private static DataFrameReader reader(SparkSession spark, Map<String, String> options) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("max_retries", 0)
                .options(options);
    }

    /** The only request of a read, whether or not it was answered. */
    private static RecordedRequest request(SparkSession spark, Map<String, String> options) {
        SERVICE.clearRequests();
        Throwable unanswered =
                catchThrowable(() -> reader(spark, options).load().collectAsList());
        assertThat(SERVICE.requests()).as("%s", unanswered).hasSize(1);
        return SERVICE.requests().get(0);
    }

    /** An identifier that may end a path segment, a query, a header or a line, where the service finds it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NM_1.1/../../taxon/9606",
                "NM_1.1?page_size=1",
                "NM_1.1&returned_content=IDS_ONLY",
                "NM_1.1#fragment",
                "NM_1.1%2F..%2F..",
                "NM_1.1%0d%0aX-Evil:1",
                "NM_1.1;a=b",
                "\\..\\..\\",
                "//evil.example/",
                "\"]}{\"page_size\":1}",
                "β-globin漢字",
            })
    void anIdentifierIsAValueAndNothingElse(String text, SparkSession spark) throws IOException {
        for (String option : List.of("locus_tags", "symbols")) {
            String quoted = MAPPER.writeValueAsString(List.of(text));
            String kind = option.equals("locus_tags") ? "locus_tag" : "symbol";
            Map<String, String> get = option.equals("symbols")
                    ? Map.of(option, quoted, "taxon", text, "method", "get")
                    : Map.of(option, quoted, "method", "get");

            RecordedRequest asked = request(spark, get);

            List<String> segments = List.of(asked.rawPath().split("/", -1));
            assertThat(segments).hasSize(option.equals("symbols") ? 9 : 7).contains("gene", kind, "dataset_report");
            assertThat(segments).noneMatch(segment -> segment.equals("..") || segment.equals("."));
            assertThat(asked.parameters().keySet()).containsExactly("page_size");
            assertThat(asked.headers().keySet()).doesNotContain("x-evil");
            assertThat(asked.header("host"))
                    .contains("127.0.0.1:" + SERVICE.service().port());
            assertThat(asked.ids()).containsExactly(text);
        }
        RecordedRequest posted =
                request(spark, Map.of("locus_tags", MAPPER.writeValueAsString(List.of(text)), "method", "post"));
        JsonNode body = MAPPER.readTree(posted.body());
        assertThat(new ArrayList<>(
                        body.properties().stream().map(Map.Entry::getKey).toList()))
                .containsExactly("locus_tags", "page_size");
        assertThat(body.path("locus_tags").get(0).asText()).isEqualTo(text);
        assertThat(rows(spark, Map.of("accessions", MAPPER.writeValueAsString(List.of(text)))))
                .containsExactly(text + "|INVALID_ACCESSION");
        assertThat(SERVICE.requests()).as("beside the one by locus tag").hasSize(1);
    }

    private static List<String> rows(SparkSession spark, Map<String, String> options) {
        return LocalSpark.rows(reader(spark, options).load().selectExpr("accession", "warnings[0].code"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void dotsAreNoStepsAlongThePath(String dots, SparkSession spark) {
        for (Map<String, String> options :
                List.of(Map.of("locus_tags", dots), Map.of("symbols", dots, "taxon", dots), Map.of("taxon", dots))) {
            RecordedRequest asked = request(spark, options);

            assertThat(asked.rawPath()).endsWith("/datasets/v2/gene/dataset_report");
            assertThat(asked.body()).contains("\"" + dots + "\"");
        }
    }

    /** Text that NCBI is handed as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1\r\n\r\nGET / HTTP/1.1", "a&b=c#d?e/f", "a b+c%20d", "\u0000"})
    void aTextParameterIsAValueAndNothingElse(String text, SparkSession spark) throws IOException {
        String sent = text.strip();
        for (String option : List.of("query", "page_token", "sort.field")) {
            if (text.equals("\u0000")) {
                assertThatThrownBy(() -> reader(spark, Map.of("accessions", "NM_1.1", option, text))
                                .load())
                        .hasMessageStartingWith("[NCBI_GENE_INVALID_OPTION] Option " + option + " is '\\u0000'");
                continue;
            }
            RecordedRequest asked = request(spark, Map.of("accessions", "NM_1.1", option, text));
            assertThat(asked.parameter(option)).contains(sent);
            assertThat(asked.parameters().keySet()).containsExactlyInAnyOrder("page_size", option);
            assertThat(asked.headers().keySet()).doesNotContain("x-evil");

            RecordedRequest posted = request(spark, Map.of("accessions", "NM_1.1", option, text, "method", "post"));
            assertThat(MAPPER.readTree(posted.body()).findValuesAsText(option.replace("sort.", "")))
                    .containsExactly(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NM_1.1\r\nX-Evil: 1", "NM_1.1\u0000", "NM_1.1\u007f"})
    void anAccessionWithAControlCharacterIsARowAndNoRequest(String text, SparkSession spark) throws IOException {
        SERVICE.clearRequests();

        assertThat(rows(spark, Map.of("accessions", MAPPER.writeValueAsString(List.of(text)))))
                .containsExactly(text + "|INVALID_ACCESSION");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcdef\r\nX-Evil: 1", "0123456789abcdef\u00e9", "0123456789 abcdef"})
    void aKeyThatWouldBreakTheHeaderIsRefusedAndNotShown(String key, SparkSession spark) {
        SERVICE.clearRequests();

        assertThatThrownBy(() -> reader(spark, Map.of("accessions", "NM_1.1", "api_key", key))
                        .load()
                        .collectAsList())
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option api_key must be printable ASCII without spaces.")
                .hasNoCause();
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void anOptionThatIsNullIsAnErrorThatNamesIt(SparkSession spark) {
        assertThatThrownBy(() -> spark.read()
                        .format("ncbi-gene")
                        .option("accessions", (String) null)
                        .load())
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option accessions must be set.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base_url|http://127.0.0.1:99999|[NCBI_GENE_INVALID_OPTION] Option base_url is 'http://127.0.0.1:99999'"
                        + " but must be an http or https address with a port from 1 to 65535.",
                "base_url|api.ncbi.nlm.nih.gov|[NCBI_GENE_INVALID_OPTION] Option base_url is 'api.ncbi.nlm.nih.gov' but"
                        + " must be an http or https address without query, fragment and user.",
                "response_timeout|0|[NCBI_GENE_INVALID_OPTION] Option response_timeout is '0' but must be a duration"
                        + " above 0, such as 500ms, 30s, 5m, 2h or 7d.",
                "page_size|many|[NCBI_GENE_INVALID_OPTION] Option page_size is 'many' but must be a whole number from 1"
                        + " to 1000.",
            })
    void aMistakeIsAnErrorBeforeAnyJob(String option, String value, String message, SparkSession spark) {
        assertThatThrownBy(() -> spark.read()
                        .format("ncbi-gene")
                        .option("accessions", "NM_1.1")
                        .option(option, value)
                        .load())
                .hasMessage(message);
    }

    /** Times longer than nanoseconds can count: it is as if there were no limit. */
    @Test
    void endlessTimeoutsDoNotOverflow(SparkSession spark) {
        String long1 = "999999999d";
        Dataset<Row> genes = reader(
                        spark,
                        Map.of(
                                "accessions", "NM_021803.4",
                                "connect_timeout", long1,
                                "response_timeout", long1,
                                "request_timeout", long1,
                                "query_timeout", long1))
                .load();

        assertThat(genes.select("symbol").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("IL21");
    }

    /** The error is what Spark throws, and not only somewhere below. */
    @Test
    void aFileThatCannotBeReadIsAnErrorOnTop(SparkSession spark) throws IOException {
        Path damaged = Files.writeString(temporary.resolve("accessions.gz"), "NM_1.1\n");
        for (String path : List.of(damaged.toString(), temporary + "/none.txt", "s3a://bucket/a.txt", "nofs://a/b")) {
            assertThatThrownBy(() -> reader(spark, Map.of()).load(path).collectAsList())
                    .hasMessageStartingWith(
                            "[NCBI_GENE_FILE_UNREADABLE] Accessions cannot be read from '" + path + "': ")
                    .hasMessageEndingWith(" Check the path, and that this machine can read it.");
        }
    }

    @Test
    void anUnknownHostIsAnErrorThatNamesTheAddress(SparkSession spark) {
        assertThatThrownBy(() -> reader(
                                spark, Map.of("accessions", "NM_1.1", "base_url", "https://no-such-host.invalid/v2"))
                        .load()
                        .collectAsList())
                // Notebooks that print only the message show it, too.
                .hasMessageContaining(
                        "[NCBI_GENE_SERVICE_UNREACHABLE] No response to GET https://no-such-host.invalid/v2")
                .cause()
                .hasMessageStartingWith("[NCBI_GENE_SERVICE_UNREACHABLE] No response to GET"
                        + " https://no-such-host.invalid/v2/gene/accession/NM_1.1/dataset_report?page_size=1000: ")
                .hasMessageContaining("UnknownHostException")
                .hasMessageEndingWith("Check base_url and that this machine may reach it.");
    }
}
