package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FaultsTest {
    private static final String PATH = "/gene/id/7157,672,900000001,900000002,900000003/dataset_report";

    @RegisterExtension
    static final NcbiGeneServiceExtension service =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(1000));

    private final Client client = new Client(service::baseUrl);

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 408, 413, 414, 429, 431, 500, 501, 502, 503, 504})
    void statusComesWithJson(int status) {
        service.faults().next(Fault.status(status));
        Client.Reply reply = client.get(PATH);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.json().path("error").asText()).isNotEmpty();
        if (status != 429) {
            assertThat(reply.json().path("code").asInt()).isEqualTo(status);
        }
        assertThat(client.get(PATH).status()).isEqualTo(200);
        assertThat(service.requests()).extracting(RecordedRequest::status).containsExactly(status, 200);
        assertThat(service.requests().get(0).fault()).contains("status " + status);
        assertThat(service.requests().get(1).fault()).isEmpty();
    }

    @Test
    void tooManyRequestsMaySayWhenToComeBack() {
        service.faults()
                .next(Fault.tooManyRequests())
                .next(Fault.tooManyRequests(7))
                .next(Fault.tooManyRequestsUntil(Instant.parse("2026-01-02T03:04:05Z")));
        Client.Reply first = client.get(PATH);
        assertThat(first.header("retry-after")).isEmpty();
        assertThat(first.json().path("error").asText()).isEqualTo("API rate limit exceeded");
        assertThat(client.get(PATH).header("retry-after")).contains("7");
        assertThat(client.get(PATH).header("retry-after")).contains("Fri, 2 Jan 2026 03:04:05 GMT");
    }

    @Test
    void htmlStandsWhereJsonShould() {
        service.faults().next(Fault.html(200)).next(Fault.html(404));
        Client.Reply reply = client.get(PATH);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(reply.text()).startsWith("<!DOCTYPE html>");
        assertThat(client.get(PATH).status()).isEqualTo(404);
    }

    @Test
    void emptyBodyIsEmpty() {
        service.faults().next(Fault.emptyBody());
        Client.Reply reply = client.get(PATH);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.bytes()).isEmpty();
    }

    @Test
    void contentTypeMayBeWrong() {
        service.faults().next(Fault.contentType("text/plain"));
        Client.Reply reply = client.get(PATH);
        assertThat(reply.header("Content-Type")).contains("text/plain");
        assertThat(reply.reports()).hasSize(5);
    }

    @Test
    void resetComesInsteadOfAnAnswer() throws IOException {
        service.faults().next(Fault.reset());
        try (Socket socket = socket(PATH)) {
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void resetComesInTheMiddleOfTheBody() throws IOException {
        service.faults().next(Fault.resetMidBody());
        try (Socket socket = socket(PATH)) {
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes(500);
            assertThat(new String(start, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 OK\r\n");
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void connectionIsClosedInTheMiddleOfTheBody() throws IOException, InterruptedException {
        service.faults().next(2, Fault.closeMidBody());
        try (Socket socket = socket(PATH)) {
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all).startsWith("HTTP/1.1 200 OK\r\n").doesNotEndWith("0\r\n\r\n");
        }
        HttpResponse<InputStream> response = client.open(PATH);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> response.body().readAllBytes());
    }

    @Test
    void gzipIsTruncatedInACompleteResponse() {
        service.faults().next(Fault.truncatedGzip());
        Client.Reply reply = client.get(PATH);
        assertThat(reply.header("Content-Encoding")).contains("gzip");
        assertThatThrownBy(() -> new GZIPInputStream(new ByteArrayInputStream(reply.bytes())).readAllBytes())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void bodyIsCutInACompleteResponse() {
        String whole = client.get(PATH).text();
        service.faults().next(2, Fault.cutBody());
        String cut = client.get(PATH).text();
        assertThat(cut).isNotEmpty().hasSizeLessThan(whole.length() * 6 / 10);
        assertThat(whole).startsWith(cut.substring(0, cut.length() - 4));
        assertThat(client.get(PATH, Client.GZIP).text()).isEqualTo(cut);
    }

    @Test
    void bodyIsFollowedByMore() {
        String whole = client.get(PATH).text();
        service.faults().next(Fault.concatenatedBody()).next(Fault.appended("}garbage"));
        assertThat(client.get(PATH).text()).isEqualTo(whole + whole).contains("}{");
        assertThat(client.get(PATH).text()).isEqualTo(whole + "}garbage");
    }

    @Test
    void bodyStallsUntilItIsReleased() throws Exception {
        String whole = client.get(PATH).text();
        service.faults().next(Fault.stalledBody());
        HttpResponse<InputStream> response = client.open(PATH);
        byte[] half = whole.getBytes(StandardCharsets.UTF_8);
        byte[] start = response.body().readNBytes(half.length / 2);
        assertThat(new String(start, StandardCharsets.UTF_8)).isEqualTo(whole.substring(0, lengthOf(start)));
        CompletableFuture<byte[]> rest = CompletableFuture.supplyAsync(() -> {
            try {
                return response.body().readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        awaitHeld(service.faults());
        assertThat(rest).isNotDone();
        service.faults().release();
        assertThat(rest.get(10, TimeUnit.SECONDS)).hasSize(half.length - half.length / 2);
    }

    @Test
    void noAnswerComesUntilItIsReleased() throws Exception {
        service.faults().above(3, Fault.noAnswer());
        assertThat(client.get("/gene/id/7157").status()).isEqualTo(200);
        CompletableFuture<Client.Reply> reply = client.getAsync(PATH);
        awaitHeld(service.faults());
        assertThat(reply).isNotDone();
        service.faults().release();
        assertThat(reply.get(10, TimeUnit.SECONDS).reports()).hasSize(5);
    }

    private static void awaitHeld(Faults faults) throws InterruptedException {
        while (faults.held() == 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** By a socket: Java's own client may overlook that a connection was closed at once. */
    @Test
    void heldAnswersDoNotKeepTheServiceFromStopping() throws Exception {
        try (NcbiGeneService other = NcbiGeneService.builder().build().start()) {
            other.faults().always(Fault.noAnswer());
            try (Socket socket = socket(other.baseUrl(), "/gene/id/7157")) {
                socket.setSoTimeout(30_000);
                awaitHeld(other.faults());
                other.stop();

                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void bodyDripsSlowly() {
        String whole = client.get(PATH).text();
        service.faults().next(Fault.slowBody(whole.length() / 5, Duration.ofMillis(10)));
        assertThat(client.get(PATH).text()).isEqualTo(whole);
        RecordedRequest slow = service.requests().get(1);
        assertThat(slow.completedNanos() - slow.arrivedNanos()).isGreaterThan(50_000_000L);
    }

    @Test
    void tokenRepeats() {
        String path = PATH + "?page_size=2";
        service.faults().always(Fault.repeatedToken());
        String first = client.get(path).token().orElseThrow();
        assertThat(client.get(path + "&page_token=" + first).token()).contains(first);
    }

    @Test
    void tokenExpiresOrIsAnothers() {
        String path = PATH + "?page_size=2";
        service.faults().next(Fault.foreignToken());
        String foreign = client.get(path).token().orElseThrow();
        assertThat(client.get(path + "&page_token=" + foreign).status()).isEqualTo(400);
        String token = client.get(path).token().orElseThrow();
        service.faults().next(Fault.expiredToken());
        Client.Reply expired = client.get(path + "&page_token=" + token);
        assertThat(expired.status()).isEqualTo(400);
        assertThat(expired.message()).contains("page token");
        assertThat(client.get(path + "&page_token=" + token).reports()).hasSize(2);
    }

    @Test
    void pagesNeverEnd() {
        String path = PATH + "?page_size=2&returned_content=IDS_ONLY";
        service.faults().always(Fault.endlessPages());
        List<Long> ids = new ArrayList<>();
        Client.Reply page = client.get(path);
        for (int n = 0; n < 9; n++) {
            ids.addAll(page.geneIds());
            page = client.get(path + "&page_token=" + page.token().orElseThrow());
        }
        assertThat(ids).hasSizeGreaterThan(10);
        assertThat(new HashSet<>(ids)).hasSize(5);
    }

    @Test
    void reportComesTwice() {
        String path = PATH + "?page_size=3&returned_content=IDS_ONLY";
        Client.Reply first = client.get(path);
        service.faults().next(2, Fault.duplicateReport());
        List<Long> second =
                client.get(path + "&page_token=" + first.token().orElseThrow()).geneIds();
        assertThat(second).hasSize(3).startsWith(first.geneIds().get(2));
        assertThat(client.get(path).geneIds())
                .hasSize(4)
                .endsWith(first.geneIds().get(0));
    }

    @Test
    void totalCountLies() {
        service.faults().next(Fault.wrongTotalCount(4711));
        Client.Reply reply = client.get(PATH);
        assertThat(reply.header("X-Ncbi-Total-Count")).contains("4711");
        assertThat(reply.json().path("total_count").asInt()).isEqualTo(4711);
        assertThat(reply.reports()).hasSize(5);
    }

    @Test
    void reportsHoldUnknownThings() {
        service.faults().next(Fault.unknownMembers()).next(Fault.unknownEnums());
        JsonNode members = client.get(PATH).reports().path(0);
        assertThat(members.findValues("a_text_added_later")).hasSizeGreaterThan(5);
        assertThat(Client.descriptor(members).path("gene_id").asText()).isNotEmpty();
        JsonNode enums = client.get(PATH).reports().path(0).path("gene");
        assertThat(enums.path("type").asText()).isEqualTo("A_TYPE_ADDED_LATER");
        // The genes themselves stay as they are.
        assertThat(client.get(PATH).text()).doesNotContain("ADDED_LATER", "added_later");
    }

    @Test
    void reportIsVeryDeep() {
        service.faults().next(Fault.deepNesting(100_000));
        assertThat(client.get(PATH).text()).contains("[{\"deeper\":".repeat(50_000));
    }

    @Test
    void reportIsHuge() {
        service.faults().next(Fault.hugeReport(5_000_000));
        Client.Reply reply = client.get(PATH);
        assertThat(reply.bytes()).hasSizeBetween(5_000_000, 5_200_000);
        assertThat(reply.reports()).hasSize(5);
        assertThat(reply.json().findValue("a_long_text_added_later").asText()).hasSize(5_000_000);
    }

    @Test
    void smallResponseBecomesLarge() {
        service.faults().next(Fault.gzipBomb(50_000_000));
        Client.Reply reply = client.get("/gene/id/7157");
        assertThat(reply.header("Content-Encoding")).contains("gzip");
        assertThat(reply.bytes()).hasSizeLessThan(500_000);
        assertThat(reply.text()).hasSizeGreaterThan(50_000_000);
    }

    @Test
    void scriptDecidesByRequestCountAndChance() {
        service.faults()
                .when(request -> request.method().equals("POST"), 2, Fault.status(503))
                .when(request -> request.ids().contains("672"), Fault.status(502));
        assertThat(statuses(3, "/gene/id/7157")).containsOnly(200);
        assertThat(statuses(3, "/gene/id/672")).containsOnly(502);
        for (int status : new int[] {503, 503, 502}) {
            assertThat(client.post("/gene", "{\"gene_ids\":[672]}").status()).isEqualTo(status);
        }
        service.faults().clear();
        assertThat(statuses(2, "/gene/id/672")).containsOnly(200);

        service.faults().every(3, Fault.status(500));
        assertThat(statuses(7, "/gene/id/672")).containsExactly(200, 200, 500, 200, 200, 500, 200);
        service.faults().clear();

        service.faults().withProbability(0.5, 42, Fault.status(500));
        List<Integer> chance = statuses(40, "/gene/id/672");
        service.faults().clear();
        service.faults().withProbability(0.5, 42, Fault.status(500));
        assertThat(statuses(40, "/gene/id/672")).isEqualTo(chance).contains(200, 500);
    }

    @Test
    void faultsComeAfterTheLatency() {
        service.configure(behaviour -> behaviour.latency(Duration.ofMillis(80)));
        service.faults().next(Fault.status(503, Map.of("retry-after", "1")));
        assertThat(client.get(PATH).header("retry-after")).contains("1");
        RecordedRequest request = service.requests().get(0);
        assertThat(request.completedNanos() - request.arrivedNanos()).isGreaterThan(79_000_000L);
    }

    @Test
    void stoppedServiceRefusesConnectionsAndReturnsOnItsPort() {
        try (NcbiGeneService other = NcbiGeneService.builder().build().start()) {
            String url = other.baseUrl();
            Client direct = new Client(() -> url);
            assertThat(direct.get("/gene/id/7157").status()).isEqualTo(200);
            other.stop();
            assertThatThrownBy(() -> direct.get("/gene/id/7157")).isInstanceOf(UncheckedIOException.class);
            other.start();
            assertThat(direct.get("/gene/id/7157").status()).isEqualTo(200);
        }
    }

    private List<Integer> statuses(int requests, String path) {
        List<Integer> statuses = new ArrayList<>();
        for (int n = 0; n < requests; n++) {
            statuses.add(client.get(path).status());
        }
        return statuses;
    }

    private static int lengthOf(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8).length();
    }

    private static Socket socket(String path) throws IOException {
        return socket(service.baseUrl(), path);
    }

    private static Socket socket(String baseUrl, String path) throws IOException {
        URI base = URI.create(baseUrl);
        Socket socket = new Socket(base.getHost(), base.getPort());
        String request = "GET " + base.getPath() + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void errorsStandInsideOfAnOrderlyAnswer() {
        service.faults().next(Fault.errorInMessages("backend \"unavailable\""));
        service.faults().next(Fault.errorInReports("backend unavailable"));
        service.faults().next(Fault.body("{\"genes\":[]}"));

        Client.Reply messages = client.get(PATH);
        assertThat(messages.status()).isEqualTo(200);
        assertThat(messages.json()
                        .path("messages")
                        .path(0)
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo("backend \"unavailable\"");
        JsonNode report = client.get(PATH).json().path("reports").path(0);
        assertThat(report.path("errors").path(0).path("message").asText()).isEqualTo("backend unavailable");
        assertThat(report.has("gene")).isFalse();
        Client.Reply body = client.get(PATH);
        assertThat(body.json().has("genes")).isTrue();
        assertThat(body.header("Content-Type")).contains("application/json");
        assertThat(service.requests())
                .extracting(request -> request.fault().orElse(""))
                .containsExactly("error in messages", "error in reports", "body");
    }

    @Test
    void aReportIsMissingThoughItIsCounted() {
        int all = client.get(PATH).json().path("reports").size();
        service.faults().next(Fault.missingReport());
        JsonNode page = client.get(PATH).json();

        assertThat(page.path("reports")).hasSize(all - 1);
        assertThat(page.path("total_count").asInt()).isEqualTo(all);
    }

    @Test
    void theAnswerToAnotherRequestComes() {
        String other = "/gene/id/900000777/dataset_report";
        service.faults().next(2, Fault.crossedAnswer());
        assertThat(client.get(other).json().findValuesAsText("gene_id"))
                .as("there was none before")
                .contains("900000777");

        assertThat(client.get(PATH).json().findValuesAsText("gene_id")).contains("900000777");
        assertThat(client.get(PATH).json().findValuesAsText("gene_id")).contains("7157");
    }

    @Test
    void theErrorOfAnotherRequestDoesNotCome() {
        String other = "/gene/id/900000777/dataset_report";
        service.faults().always(Fault.crossedAnswer());
        client.get(other);
        client.get(PATH);
        assertThat(client.get(other + "?page_token=none").status()).isEqualTo(400);

        Client.Reply crossed = client.get(PATH);
        assertThat(crossed.status()).isEqualTo(200);
        assertThat(crossed.json().findValuesAsText("gene_id")).contains("900000777");
    }

    @Test
    void reportsOfOtherGenesCome() {
        int all = client.get(PATH).json().path("reports").size();
        service.faults().next(Fault.unaskedReports());
        JsonNode page = client.get(PATH).json();

        assertThat(page.path("reports")).hasSize(all);
        assertThat(page.path("total_count").asInt()).isEqualTo(all);
        assertThat(page.findValuesAsText("gene_id"))
                .doesNotContain("7157", "672", "900000001", "900000002", "900000003");
    }
}
