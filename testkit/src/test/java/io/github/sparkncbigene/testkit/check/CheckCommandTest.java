package io.github.sparkncbigene.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CheckCommandTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef0123";

    @RegisterExtension
    static final NcbiGeneServiceExtension service = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    @Test
    void withoutAnAddressItChecksAStandIn(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("report.json");
        Result result = run(
                Map.of(),
                "--json",
                json.toString(),
                "--save",
                directory.resolve("saved").toString());

        assertThat(result.err).isEmpty();
        assertThat(result.code).isZero();
        assertThat(result.out).endsWith("The service does what the connector expects.\n");
        JsonNode report = Reply.MAPPER.readTree(json.toFile());
        assertThat(report.path("verdict").asText()).isEqualTo("AS_EXPECTED");
        assertThat(report.path("checks")).hasSameSizeAs(LiveCheck.assumptions());
        assertThat(directory.resolve("saved/responses.http")).exists();
    }

    @ParameterizedTest
    @CsvSource({
        "supersededVersion=MISSING, superseded-version",
        "ndjsonShape=page, line-shape",
        "headerPages=every-page, header-of-later-pages"
    })
    void aSwitchOfTheStandInShowsInTheTable(String setting, String deviation) {
        Result result = run(Map.of(), "--set", setting);

        assertThat(result.err).isEmpty();
        assertThat(result.code).isEqualTo(1);
        assertThat(result.out.lines().filter(line -> line.matches("[a-z0-9-]+ +\\w+ +deviates .*")))
                .singleElement()
                .asString()
                .startsWith(deviation + " ");
        assertThat(result.out).endsWith("The service deviates from what the connector expects.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "supersededVersion=GONE | 'GONE' is not a value of supersededVersion. Give one of [CURRENT_SILENTLY,",
                "maxUrlLength=far | 'far' is not a value of maxUrlLength. Give a number.",
                "colour=red | 'colour=red' sets no switch. Give NAME=VALUE, NAME one of [accessionFilterOnJson,",
                "red | 'red' sets no switch."
            })
    void aWrongSwitchIsNamed(String setting, String message) {
        Result result = run(Map.of(), "--set", setting);

        assertThat(result.code).isEqualTo(2);
        assertThat(result.err).startsWith(message);
    }

    @Test
    void aDryRunSendsNothing() {
        Result result = run(Map.of("NCBI_API_KEY", KEY), "--dry-run", "--base-url", service.baseUrl());

        assertThat(result.code).isZero();
        assertThat(result.out.lines()).hasSameSizeAs(LiveCheck.requests());
        assertThat(result.out)
                .startsWith("GET /gene/accession/NM_021803.4/dataset_report\nGET /gene/accession/NM_021803.4\n")
                .contains("page_token=TOKEN_OF_PAGE_1")
                .doesNotContain(KEY);
        assertThat(service.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://host/x, --base-url is not a valid base URL: give http:// or https://",
        "http://, --base-url is not a valid URL.",
        "'http://a b/', --base-url is not a valid URL.",
        "http://user:secret@host/x, --base-url may not hold a user name or password.",
        "http://host/x?a=b, --base-url is not a valid base URL"
    })
    void aWrongAddressIsNamed(String url, String message) {
        Result result = run(Map.of(), "--base-url", url);
        assertThat(result.code).isEqualTo(2);
        assertThat(result.err).contains(message).doesNotContain("secret");
    }

    @Test
    void theKeyIsNotSentUnencrypted() {
        Result result = run(Map.of("NCBI_API_KEY", KEY), "--base-url", "http://192.0.2.1/datasets/v2");
        assertThat(result.code).isEqualTo(2);
        assertThat(result.err)
                .contains("NCBI_API_KEY is set, but '192.0.2.1' would get it unencrypted. Use https, or unset the"
                        + " variable.")
                .doesNotContain(KEY);
        Result broken = run(Map.of("NCBI_API_KEY", "a\nb"), "--base-url", service.baseUrl());
        assertThat(broken.code).isEqualTo(2);
        assertThat(broken.err).contains("NCBI_API_KEY holds characters that a key cannot have.");
    }

    private record Result(int code, String out, String err) {}

    private static Result run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new CheckCommand(environment))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
