package io.github.sparkncbigene.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LiveCheckTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef0123";

    @RegisterExtension
    static final NcbiGeneServiceExtension service =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().announcedRateLimit(5));

    private final VirtualTime time = new VirtualTime();

    private CheckReport check(String base, Optional<String> key, Optional<Path> save, Duration timeout)
            throws Exception {
        return LiveCheck.of(URI.create(base), key, new Pace(time, Duration.ofSeconds(1)), timeout)
                .run(save);
    }

    private CheckReport check(String base) throws Exception {
        return check(base, Optional.empty(), Optional.empty(), Duration.ofSeconds(20));
    }

    @Test
    void theStandInIsAsExpected() throws Exception {
        CheckReport report = check(service.baseUrl());

        assertThat(report.deviations()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.AS_EXPECTED);
        assertThat(report.verdict().exitCode()).isZero();
        assertThat(report.findings()).hasSameSizeAs(LiveCheck.assumptions());
        assertThat(report.table())
                .contains("superseded-version                unknown     as expected the gene")
                .contains("too-many-requests                 inferred    not seen    no 429")
                .endsWith("The service does what the connector expects.\n");
    }

    @Test
    void itIsPolite() throws Exception {
        CheckReport report = check(service.baseUrl());

        assertThat(report.requests()).isLessThanOrEqualTo(40);
        assertThat(time.slept()).hasSize(report.requests() - 1).allMatch(nanos -> nanos == 1_000_000_000L);
        assertThat(service.requests()).allSatisfy(request -> {
            assertThat(request.headers().get("user-agent"))
                    .singleElement()
                    .asString()
                    .contains("live-check");
            assertThat(request.apiKey().isPresent()).isFalse();
        });
        assertThat(service.requests().stream()
                        .map(request -> request.rawPath() + request.parameters() + request.body())
                        .distinct())
                .hasSameSizeAs(service.requests());
    }

    @Test
    void idsAndRequestsAreUnique() {
        assertThat(LiveCheck.assumptions()).extracting(Assumption::id).doesNotHaveDuplicates();
        assertThat(LiveCheck.requests()).extracting(CheckRequest::name).doesNotHaveDuplicates();
        assertThat(LiveCheck.requests()).hasSizeLessThanOrEqualTo(LiveCheck.MAX_REQUESTS);
        List<String> used = LiveCheck.assumptions().stream()
                .flatMap(assumption -> assumption.requests().stream())
                .distinct()
                .toList();
        assertThat(LiveCheck.requests()).extracting(CheckRequest::name).containsExactlyInAnyOrderElementsOf(used);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 403})
    void itStopsAtTheFirstRefusal(int status) throws Exception {
        service.faults()
                .when(request -> request.sequence() > 0 && service.requests().size() == 4, Fault.status(status));

        CheckReport report = check(service.baseUrl());

        assertThat(service.requests()).hasSize(4);
        assertThat(report.requests()).isEqualTo(4);
        assertThat(report.verdict()).isEqualTo(Verdict.STOPPED);
        assertThat(report.verdict().exitCode()).isEqualTo(3);
        assertThat(report.table())
                .contains("The service refused a request with status 429 or 403; the check stopped at once."
                        + " product: status " + status);
    }

    @Test
    void a429IsComparedWithWhatIsInferred() throws Exception {
        service.faults().next(Fault.tooManyRequests(2));
        assertThat(outcome(check(service.baseUrl()), "too-many-requests")).isEqualTo(Outcome.AS_EXPECTED);
        service.service().reset();
        service.configure(behaviour -> behaviour.retryAfter(false).rateLimit(1));
        CheckReport report = check(service.baseUrl());
        assertThat(outcome(report, "too-many-requests")).isEqualTo(Outcome.DEVIATES);
        assertThat(report.verdict()).isEqualTo(Verdict.STOPPED);
        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void anErrorInsideA200IsSeen() throws Exception {
        try (Server server = new Server(exchange -> respond(
                exchange,
                200,
                "application/json",
                "{\"reports\":[],\"messages\":[{\"error\":{\"message\":\"\\u001b[2Jbusy\"}}]}"))) {
            CheckReport report = check(server.url());
            assertThat(outcome(report, "error-in-200")).isEqualTo(Outcome.DEVIATES);
            assertThat(report.table()).doesNotContain("\u001b");
            assertThat(report.requests()).isLessThanOrEqualTo(40);
        }
    }

    @Test
    void keyAndCookiesAreNowhere(@TempDir Path directory) throws Exception {
        try (Server server = new Server(exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "session=secret-cookie");
            exchange.getResponseHeaders().add("X-Echo", "key " + KEY);
            String sent = exchange.getRequestHeaders().getFirst("api-key");
            boolean last = exchange.getRequestURI().getPath().contains("/product_report");
            respond(
                    exchange,
                    last ? 429 : 200,
                    "application/json",
                    last
                            ? "{\"error\":\"API rate limit exceeded\",\"api-key\":\"198.51.100.7\"}"
                            : "{\"reports\":[{\"gene\":{\"gene_id\":\"59067\"},\"query\":[\"" + sent + "\"]}]}");
        })) {
            CheckReport report = check(server.url(), Optional.of(KEY), Optional.of(directory), Duration.ofSeconds(20));

            assertThat(report.verdict()).isEqualTo(Verdict.STOPPED);
            assertThat(report.table() + report.json() + report).doesNotContain(KEY, "secret-cookie", "198.51.100.7");
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file))
                            .doesNotContain(KEY)
                            .doesNotContain("secret-cookie")
                            .doesNotContain("198.51.100.7")
                            .doesNotContainIgnoringCase("set-cookie");
                }
            }
            assertThat(Files.readString(directory.resolve("dataset_report/accession.json")))
                    .contains("\"***\"");
        }
    }

    @Test
    void aWebPageIsNotTheService() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (Server server = new Server(exchange -> {
            requests.incrementAndGet();
            respond(exchange, 200, "text/html", "<html>Welcome</html>");
        })) {
            CheckReport report = check(server.url());
            assertThat(report.verdict()).isEqualTo(Verdict.NOT_THE_SERVICE);
            assertThat(report.table())
                    .endsWith("This is not NCBI's gene service, or it knows none of the genes that everybody knows."
                            + " The last of 3 requests in a row, post-report, got: status 200, text/html:"
                            + " <html>Welcome</html>\n");
            assertThat(requests).hasValue(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"error\":\"Not Found\"}", "", "{\"reports\":{}}", "\u0000\u0001"})
    void anotherJsonServerIsNotTheService(String body) throws Exception {
        try (Server server = new Server(exchange -> respond(exchange, 200, "application/json", body))) {
            CheckReport report = check(server.url());
            assertThat(report.verdict()).isEqualTo(Verdict.NOT_THE_SERVICE);
            assertThat(report.requests()).isEqualTo(3);
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (Server server = new Server(exchange -> {
            exchange.getResponseHeaders().add("Location", "http://198.51.100.7/");
            respond(exchange, 302, "text/plain", "");
        })) {
            CheckReport report = check(server.url(), Optional.of(KEY), Optional.empty(), Duration.ofSeconds(20));
            assertThat(report.verdict()).isEqualTo(Verdict.NOT_THE_SERVICE);
            assertThat(report.reason()).contains("status 302 to http://198.51.100.7/");
        }
    }

    @Test
    void aWrongPathIsNotTheService() throws Exception {
        CheckReport report = check(service.baseUrl() + "/v3");
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_THE_SERVICE);
        assertThat(report.requests()).isEqualTo(3);
    }

    @Test
    void aServiceThatFailsIsGivenUp() throws Exception {
        service.faults().always(Fault.status(503));
        CheckReport report = check(service.baseUrl());
        assertThat(report.verdict()).isEqualTo(Verdict.NO_RESPONSE);
        assertThat(report.requests()).isEqualTo(3);
    }

    @Test
    void nobodyListening() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        CheckReport report = check("http://127.0.0.1:" + port + "/datasets/v2");
        assertThat(report.verdict()).isEqualTo(Verdict.NO_RESPONSE);
        assertThat(report.requests()).isEqualTo(3);
        assertThat(report.table()).contains("The service does not respond, or fails.");
    }

    @Test
    void aServerThatNeverEndsIsGivenUp() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (Server server = new Server(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            CheckReport report = check(server.url(), Optional.empty(), Optional.empty(), Duration.ofMillis(300));
            assertThat(report.verdict()).isEqualTo(Verdict.NO_RESPONSE);
            assertThat(report.reason()).contains("no complete response within 0 s");
        } finally {
            done.countDown();
        }
    }

    @Test
    void anEndlessBodyIsGivenUp() throws Exception {
        byte[] piece = new byte[1 << 16];
        try (Server server = new Server(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(piece);
            }
        })) {
            CheckReport report = check(server.url());
            assertThat(report.verdict()).isEqualTo(Verdict.NO_RESPONSE);
            assertThat(report.reason()).contains("the body is longer than 33554432 bytes");
        }
    }

    @Test
    void strangeReportsDoNotEndTheCheck() throws Exception {
        service.faults().always(Fault.unknownMembers());
        assertThat(check(service.baseUrl()).verdict()).isIn(Verdict.AS_EXPECTED, Verdict.DEVIATES);
        service.faults().clear();
        service.faults().always(Fault.deepNesting(100_000));
        assertThat(check(service.baseUrl()).requests()).isLessThanOrEqualTo(40);
        service.faults().clear();
        service.faults().always(Fault.endlessPages());
        assertThat(check(service.baseUrl()).requests()).isLessThanOrEqualTo(40);
    }

    private static Outcome outcome(CheckReport report, String id) {
        return report.findings().entrySet().stream()
                .filter(entry -> entry.getKey().id().equals(id))
                .map(entry -> entry.getValue().outcome())
                .findFirst()
                .orElseThrow();
    }

    private static void respond(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** A server that is not the service. */
    private static final class Server implements AutoCloseable {
        private final HttpServer http;

        Server(HttpHandler handler) throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            }));
            http.createContext("/", handler);
            http.start();
        }

        String url() {
            return "http://127.0.0.1:" + http.getAddress().getPort() + "/datasets/v2";
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
