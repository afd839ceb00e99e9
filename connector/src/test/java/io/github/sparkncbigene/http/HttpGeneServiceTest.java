package io.github.sparkncbigene.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.rate.RateAccess;
import io.github.sparkncbigene.rate.RateLink;
import io.github.sparkncbigene.rate.RateShare;
import io.github.sparkncbigene.service.Clock;
import io.github.sparkncbigene.service.FirstContact;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.GeneRequest.Parameter;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.Retries;
import io.github.sparkncbigene.service.RetryingGeneService;
import io.github.sparkncbigene.service.ServiceConfig;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import io.github.sparkncbigene.service.VirtualClock;
import io.github.sparkncbigene.testing.Given;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpGeneServiceTest {
    private static final String KEY = "0123456789abcdefSECRET";
    private static final GeneRequest GET = new GeneRequest(
            "/gene/accession/NM_1.1", List.of(new Parameter("page_size", "7")), null, "application/json", false);
    private static final GeneRequest POST =
            new GeneRequest("/gene", List.of(), "{\"accessions\":[\"\u03b2\"]}", "application/x-ndjson", true);

    /** What the server was asked. */
    private record Asked(
            String method, String uri, String accept, String encoding, String key, String type, String body) {}

    /** Answers one request. */
    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final ConcurrentLinkedQueue<Asked> requested = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "test server");
        thread.setDaemon(true);
        return thread;
    });
    private final List<HttpGeneService> opened = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        ended.set(true);
        end.countDown();
        opened.forEach(HttpGeneService::close);
        server.stop(0);
        threads.shutdownNow();
    }

    private void responses(Handler handler) {
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requested.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Accept"),
                    exchange.getRequestHeaders().getFirst("Accept-Encoding"),
                    exchange.getRequestHeaders().getFirst("api-key"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    body));
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private void responses(int status, String contentType, String body) {
        responses(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.getResponseHeaders().set("Ncbi-Phid", "PHID1");
            send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        });
    }

    private String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/datasets/v2";
    }

    private HttpGeneService open(String... options) {
        return open(baseUrl(), RateShare.UNLIMITED, options);
    }

    private HttpGeneService open(String baseUrl, RateShare share, String... options) {
        List<String> all = new ArrayList<>(List.of("base_url", baseUrl, "api_key", KEY));
        all.addAll(Arrays.asList(options));
        ServiceConfig config = ServiceConfig.of(Given.options(all.toArray(String[]::new)));
        return open(config, share, contact(config));
    }

    private HttpGeneService open(ServiceConfig config, RateShare share, FirstContact contact) {
        return open(config, RateAccess.here(share), contact);
    }

    private HttpGeneService open(ServiceConfig config, RateAccess rate, FirstContact contact) {
        HttpGeneService service = new HttpGeneService(
                config, SharedClient.lease(config, rate, config.maxInFlight()), contact, new TaskCounters());
        opened.add(service);
        return service;
    }

    private static FirstContact contact(ServiceConfig config) {
        return new FirstContact(config.route(), false, config.responseTimeout(), Clock.SYSTEM);
    }

    private static String text(Response response) throws IOException {
        return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static ServiceException failure(HttpGeneService service, GeneRequest request) {
        ServiceException failure =
                catchThrowableOfType(ServiceException.class, () -> service.execute(request, token -> {}));
        assertThat(failure).as("trouble").isNotNull();
        StringWriter everything = new StringWriter();
        failure.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("SECRET");
        return failure;
    }

    @Test
    void getAsksAsItIsTold() throws Exception {
        responses(200, "application/json", "{}");
        Response response = open().execute(GET, token -> {});

        assertThat(text(response)).isEqualTo("{}");
        assertThat(response.reference())
                .isEqualTo("GET " + baseUrl() + "/gene/accession/NM_1.1?page_size=7 (request id PHID1)");
        assertThat(requested)
                .containsExactly(new Asked(
                        "GET",
                        "/datasets/v2/gene/accession/NM_1.1?page_size=7",
                        "application/json",
                        "gzip",
                        KEY,
                        null,
                        ""));
    }

    @Test
    void postSendsItsBody() throws Exception {
        responses(200, "application/x-ndjson", "");
        Response response = open().execute(POST, token -> {});

        assertThat(text(response)).isEmpty();
        assertThat(requested).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.uri()).isEqualTo("/datasets/v2/gene");
            assertThat(request.accept()).isEqualTo("application/x-ndjson");
            assertThat(request.type()).startsWith("application/json");
            assertThat(request.body()).isEqualTo("{\"accessions\":[\"\u03b2\"]}");
        });
    }

    @Test
    void aRepeatedKeyIsInNoErrorAndStaysInTheData() throws Exception {
        String body = "{\"reports\":[" + KEY + "]}";
        responses(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Ncbi-Phid", "ID-" + KEY);
            exchange.getResponseHeaders().set("X-Ncbi-Next-Page-Token", KEY);
            send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
        });
        GeneRequest second =
                new GeneRequest("/gene", List.of(new Parameter("page_token", KEY)), null, "application/json", false);
        Response response = open().execute(second, token -> {});

        assertThat(text(response)).isEqualTo(body);
        assertThat(response.nextPageToken()).as("it must be sent back").contains(KEY);
        assertThat(requested).singleElement().satisfies(request -> assertThat(request.uri())
                .endsWith("/gene?page_token=" + KEY));
        String reference = "GET " + baseUrl() + "/gene?page_token=(hidden) (request id ID-(hidden))";
        assertThat(response.reference()).isEqualTo(reference);
        ServiceException failure =
                response.unreadable(new IOException("Unrecognized token '" + KEY.substring(3) + "'"));
        assertThat(failure.error())
                .hasMessage("[NCBI_GENE_BAD_RESPONSE] The response to " + reference
                        + " cannot be read: Unrecognized token '(hidden)'. Check that base_url is the gene service; if it"
                        + " is, try again later.")
                .hasStackTraceContaining("Unrecognized token '(hidden)'");
        StringWriter everything = new StringWriter();
        failure.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("SECRET");
    }

    @Test
    void aKeyInARedirectOrAtTheEndOfALongMessageIsTakenOutBeforeItIsShortened() {
        responses(exchange -> {
            exchange.getResponseHeaders().set("Location", "https://a.example/" + "x".repeat(270) + KEY);
            send(exchange, 302, new byte[0]);
        });
        assertThat(failure(open(), GET).error())
                .hasMessageContaining("x".repeat(270) + "(hidden)'")
                .hasMessageNotContaining("0123");
    }

    @Test
    void withoutAKeyNoneIsSent() throws Exception {
        responses(200, "application/json", "{}");
        ServiceConfig config = ServiceConfig.of(Given.options("base_url", baseUrl()));
        HttpGeneService service = new HttpGeneService(
                config,
                SharedClient.lease(config, RateAccess.here(RateShare.UNLIMITED), 1),
                contact(config),
                new TaskCounters());
        opened.add(service);
        service.execute(GET, token -> {});

        assertThat(requested).singleElement().satisfies(request -> assertThat(request.key())
                .isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b?c#d%2e..", "..", "../x", "\u03b2", "a b+c", "//x"})
    void hostilePathsArriveAsTheyWereEncoded(String identifier) throws Exception {
        responses(200, "application/json", "{}");
        String encoded = GeneRequest.encode(identifier);
        open().execute(
                        new GeneRequest("/gene/symbol/" + encoded + "/x", List.of(), null, "application/json", false),
                        t -> {});

        assertThat(requested).singleElement().satisfies(request -> assertThat(request.uri())
                .isEqualTo("/datasets/v2/gene/symbol/" + encoded + "/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-gzip", "GZIP"})
    void gzipIsUnderstoodByItsOtherNames(String name) throws Exception {
        responses(exchange -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write("{}".getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Encoding", name);
            exchange.getResponseHeaders().set("X-Ncbi-Total-Count", "7");
            send(exchange, 200, bytes.toByteArray());
        });
        Response response = open().execute(GET, token -> {});

        assertThat(text(response)).isEqualTo("{}");
        assertThat(response.totalCount()).hasValue(7);
    }

    @Test
    void anEncodingThatNobodyAskedForIsAnErrorThatNamesIt() {
        responses(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "br");
            exchange.getResponseHeaders().set("X-Ncbi-Total-Count", "many");
            send(exchange, 200, new byte[] {1, 2, 3});
        });

        assertThatThrownBy(() -> open().execute(GET, token -> {}))
                .hasMessageContaining("[NCBI_GENE_BAD_RESPONSE] The response to GET " + baseUrl()
                        + "/gene/accession/NM_1.1?page_size=7 has the Content-Encoding 'br', but only gzip was"
                        + " requested. Check that no proxy recodes what the service sends.");
        assertThat(requested).hasSize(1);
    }

    @Test
    void whatIsCompressedIsKeptSo() throws Exception {
        String body = "{\"reports\":[" + " ".repeat(100_000) + "]}";
        responses(exchange -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(exchange, 200, bytes.toByteArray());
        });
        Response response = open().execute(GET, token -> {});

        assertThat(response.size()).isLessThan(5000);
        assertThat(text(response)).isEqualTo(body);
    }

    @Test
    void theNextPagesTokenIsToldBeforeTheBodyIsThere() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        AtomicBoolean toldBefore = new AtomicBoolean();
        responses(exchange -> {
            exchange.getResponseHeaders().set("X-Ncbi-Next-Page-Token", "eNrjYos2");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write('{');
            body.flush();
            toldBefore.set(await(told));
            body.write('}');
        });
        AtomicReference<String> token = new AtomicReference<>();
        Response response = open().execute(GET, next -> {
            token.set(next);
            told.countDown();
        });

        assertThat(toldBefore).isTrue();
        assertThat(token).hasValue("eNrjYos2");
        assertThat(response.nextPageToken()).contains("eNrjYos2");
        assertThat(text(response)).isEqualTo("{}");
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void withoutATokenNoneIsTold() throws Exception {
        responses(exchange -> {
            exchange.getResponseHeaders().set("X-Ncbi-Next-Page-Token", " ");
            send(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
        });
        List<String> tokens = new ArrayList<>();

        assertThat(open().execute(GET, tokens::add).nextPageToken()).isEmpty();
        assertThat(tokens).isEmpty();
    }

    @Test
    void theTokenOfAnErrorLeadsNowhere() {
        responses(exchange -> {
            exchange.getResponseHeaders().set("X-Ncbi-Next-Page-Token", "t");
            send(exchange, 500, new byte[0]);
        });
        List<String> tokens = new ArrayList<>();

        assertThatThrownBy(() -> open().execute(GET, tokens::add)).isInstanceOf(ServiceException.class);
        assertThat(tokens).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED, REQUEST_REFUSED",
        "401, PERMANENT, REQUEST_REFUSED",
        "403, PERMANENT, REQUEST_REFUSED",
        "404, PERMANENT, REQUEST_REFUSED",
        "408, TIMEOUT, REQUEST_REFUSED",
        "413, TOO_LARGE, REQUEST_REFUSED",
        "414, TOO_LARGE, REQUEST_REFUSED",
        "431, TOO_LARGE, REQUEST_REFUSED",
        "429, TRANSIENT, RATE_LIMITED",
        "500, TRANSIENT, SERVICE_FAILED",
        "501, PERMANENT, SERVICE_FAILED",
        "502, TRANSIENT, SERVICE_FAILED",
        "503, TRANSIENT, SERVICE_FAILED",
        "504, TIMEOUT, SERVICE_FAILED"
    })
    void everyStatusHasItsKindAndCode(int status, Kind kind, ErrorCode code) {
        responses(status, "application/json", "{\"error\":\"E\",\"code\":" + status + ",\"message\":\"NCBI's words\"}");
        ServiceException failure = failure(open(), GET);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.error().code()).isEqualTo(code);
        assertThat(failure.error().getMessage())
                .startsWith("[" + code.code() + "] Status " + status + " from GET " + baseUrl()
                        + "/gene/accession/NM_1.1?page_size=7 (request id PHID1): 'NCBI's words'. ");
    }

    @Test
    void anErrorWithoutABodySaysSo() {
        responses(exchange -> send(exchange, 502, new byte[0]));

        assertThat(failure(open(), POST).error())
                .hasMessage("[NCBI_GENE_SERVICE_FAILED] Status 502 from POST " + baseUrl()
                        + "/gene, without a message. Try again later; quote the request id to NCBI's support.");
    }

    @Test
    void aTimeoutOnNcbisSideIsSlow() {
        responses(
                500,
                "application/json",
                "{\"error\":\"Internal Server Error\",\"message\":\"Internal server error - request Timed Out\"}");

        assertThat(failure(open(), GET).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws IOException {
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger askedElsewhere = new AtomicInteger();
        elsewhere.createContext("/", exchange -> {
            askedElsewhere.incrementAndGet();
            send(exchange, 200, new byte[0]);
        });
        elsewhere.start();
        String location = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/evil";
        responses(exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            send(exchange, status, new byte[0]);
        });

        ServiceException get = failure(open(), GET);
        failure(open(), POST);
        elsewhere.stop(0);

        assertThat(get.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(get.error())
                .hasMessage("[NCBI_GENE_REQUEST_REFUSED] Status " + status + " from GET " + baseUrl()
                        + "/gene/accession/NM_1.1?page_size=7: it redirects to '" + location + "'. Redirects are not"
                        + " followed, since they would take the api_key along. Check base_url, and that no proxy"
                        + " or log-in page responds in its place.");
        assertThat(askedElsewhere).hasValue(0);
        assertThat(requested).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"401,Unauthorized", "403,Forbidden", "400,API key invalid", "400,api_key is not known"})
    void aKeyThatIsRefusedIsNoRefusalOfIdentifiers(int status, String said) {
        responses(status, "application/json", "{\"message\":\"" + said + "\"}");

        ServiceException failure = failure(open(), GET);

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.error())
                .hasMessage("[NCBI_GENE_REQUEST_REFUSED] Status " + status + " from GET " + baseUrl()
                        + "/gene/accession/NM_1.1?page_size=7 (request id PHID1): '" + said + "'. Check api_key, or"
                        + " read without one; NCBI also blocks addresses that send too many requests.");
    }

    @Test
    void cookiesAreNotKept() throws Exception {
        List<String> cookies = new ArrayList<>();
        responses(exchange -> {
            cookies.add(exchange.getRequestHeaders().getFirst("Cookie"));
            exchange.getResponseHeaders().set("Set-Cookie", "a=b; Path=/");
            send(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
        });
        HttpGeneService service = open();
        service.execute(GET, token -> {});
        service.execute(GET, token -> {});

        assertThat(cookies).containsExactly(null, null);
    }

    @Test
    void aWebPageIsNoAnswer() {
        responses(
                200,
                "Text/HTML; charset=utf-8",
                "<html><head><title>Log in</title><script>x</script></head><body>Please <b>log in</b></body></html>");
        ServiceException failure = failure(open(), GET);

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.error())
                .hasMessage("[NCBI_GENE_BAD_RESPONSE] The response to GET " + baseUrl()
                        + "/gene/accession/NM_1.1?page_size=7 (request id PHID1) is a web page, not a report: 'Log in"
                        + " Please log in'. Check that base_url is the gene service and that no proxy or log-in page"
                        + " responds in its place.");
    }

    @Test
    void aLongAddressIsCutInErrors() {
        responses(404, "application/json", "{}");
        GeneRequest request = new GeneRequest("/gene/" + "x".repeat(1500), List.of(), null, "application/json", false);

        assertThat(failure(open(), request).error().getMessage())
                .hasSizeLessThan(600)
                .contains("xxx... (request id");
    }

    @Test
    void aServiceThatRepeatsTheKeyDoesNotBringItIntoTheError() {
        responses(exchange -> {
            String key = exchange.getRequestHeaders().getFirst("api-key");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(
                    exchange,
                    400,
                    ("{\"error\":\"API key invalid\",\"message\":\"The API key " + key + " is invalid\"}")
                            .getBytes(StandardCharsets.UTF_8));
        });

        assertThat(failure(open(), GET).error()).hasMessageContaining("is invalid");
    }

    @Test
    void anAnswerMayBeAsLargeAsTheLimitAndNoLarger() throws Exception {
        responses(exchange -> send(exchange, 200, new byte[1 << 16]));
        assertThat(open("max_response_bytes", "65536").execute(GET, token -> {}).size())
                .isEqualTo(65_536);

        server.removeContext("/");
        responses(exchange -> send(exchange, 200, new byte[(1 << 16) + 1]));
        ServiceException failure = failure(open("max_response_bytes", "65536"), GET);
        assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(failure.error())
                .hasMessage("[NCBI_GENE_RESPONSE_TOO_LARGE] The response to GET " + baseUrl()
                        + "/gene/accession/NM_1.1?page_size=7 is larger than max_response_bytes = 65536. Lower"
                        + " page_size, or raise max_response_bytes.");
    }

    private void answersWithoutEnd() {
        responses(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            byte[] some = "                ".getBytes(StandardCharsets.UTF_8);
            while (!ended.get()) {
                body.write(some);
                body.flush();
            }
        });
    }

    @Test
    void anAnswerWithoutEndIsGivenUpAtTheLimitOfBytes() {
        answersWithoutEnd();

        ServiceException failure = assertTimeoutPreemptively(
                Duration.ofSeconds(15), () -> failure(open("max_response_bytes", "65536"), GET));
        assertThat(failure.error().code()).isEqualTo(ErrorCode.RESPONSE_TOO_LARGE);
    }

    @Test
    void anAnswerWithoutEndIsGivenUpAtTheLimitOfTime() {
        answersWithoutEnd();

        ServiceException failure =
                assertTimeoutPreemptively(Duration.ofSeconds(15), () -> failure(open("request_timeout", "500ms"), GET));
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.error()).hasMessageContaining("request_timeout");
    }

    @Test
    void aServiceThatDoesNotAnswerIsWaitedForAsLongAsToldAndNoLonger() {
        responses(exchange -> await(end));
        long start = System.nanoTime();
        ServiceException failure = failure(open("response_timeout", "200ms"), GET);

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.error())
                .hasMessageStartingWith("[NCBI_GENE_SERVICE_UNREACHABLE] No response to GET " + baseUrl()
                        + "/gene/accession/NM_1.1?page_size=7: ");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(150L, 8000L);
    }

    @Test
    void aServiceThatFallsSilentInItsBodyIsWaitedForAsLongAsTold() {
        responses(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(end);
        });

        assertThat(failure(open("response_timeout", "200ms"), GET).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void aServiceThatIsDownIsUnreachable() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        String down = "http://127.0.0.1:" + unused;
        ServiceException failure = failure(open(down, RateShare.UNLIMITED), GET);

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.error())
                .hasMessageStartingWith("[NCBI_GENE_SERVICE_UNREACHABLE] No response to GET " + down + "/gene/")
                .hasMessageEndingWith("Check base_url and that this machine may reach it.");
    }

    /** A request may be closed between any two steps of the HTTP client. */
    @Test
    void aRequestThatIsClosedAtAnyMomentIsInterrupted() throws Exception {
        responses(200, "application/json", "{}");
        open().execute(GET, token -> {});
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            HttpGeneService service = open();
            Future<Response> asking = threads.submit(() -> service.execute(GET, token -> {}));
            long end = System.nanoTime() + 1000L * i;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            service.close();
            try {
                asking.get(10, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        assertThat(failures).isNotEmpty().hasOnlyElementsOfType(InterruptedException.class);
    }

    @Test
    void aSlowHostIsNotUnreachable() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        AtomicInteger count = new AtomicInteger();
        responses(exchange -> {
            switch (count.incrementAndGet()) {
                case 1 -> {
                    arrived.countDown();
                    await(slow);
                    send(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
                }
                case 2 -> {
                    // Closes the connection.
                }
                default -> send(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
            }
        });
        ServiceConfig config = ServiceConfig.of(Given.options("base_url", baseUrl()));
        VirtualClock clock = new VirtualClock();
        FirstContact contact = new FirstContact("slow host", false, config.responseTimeout(), clock);
        HttpGeneService service = open(config, RateShare.UNLIMITED, contact);
        Future<Response> asking = threads.submit(() -> service.execute(GET, token -> {}));
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

        clock.pass(Duration.ofSeconds(100));
        Response later = new RetryingGeneService(service, contact, clock, new TaskCounters())
                .execute(GET, new Retries(1, Duration.ofSeconds(1)).budget(), token -> {});
        slow.countDown();

        assertThat(text(later)).isEqualTo("{}");
        assertThat(text(asking.get(10, TimeUnit.SECONDS))).isEqualTo("{}");
        assertThat(requested).hasSize(3);
    }

    @Test
    void theWaitForTheRateLimitDoesNotCountAgainstTheHost() throws Exception {
        responses(200, "application/json", "{}");
        ServiceConfig config = ServiceConfig.of(Given.options("base_url", baseUrl()));
        VirtualClock clock = new VirtualClock();
        FirstContact contact = new FirstContact("host of a missed permit", false, config.responseTimeout(), clock);
        AtomicInteger asked = new AtomicInteger();
        RateLink link = new RateLink() {
            @Override
            public Object send(Object[] message) {
                int before = asked.getAndIncrement();
                if (before == 2) {
                    clock.pass(Duration.ofSeconds(100));
                }
                // The second time, with a connection open, the permit is further away than a connection is held.
                return new Object[] {1L, before == 3, before == 1 ? TimeUnit.SECONDS.toNanos(10) : 0L};
            }

            @Override
            public void tell(Object[] message) {}
        };
        HttpGeneService service = open(config, new RateAccess(link, "", "", RateShare.UNLIMITED), contact);

        Response response = service.execute(GET, token -> {});

        assertThat(text(response)).isEqualTo("{}");
        assertThat(requested).hasSize(1);
        assertThat(asked).hasValue(4);
        assertThat(contact.left()).isEqualTo(Duration.ofSeconds(6).toNanos());
    }

    /** An address that has no time left is given up between any two steps of the HTTP client. */
    @Test
    void aRequestThatIsGivenUpAtAnyMomentIsUnreachable() throws Exception {
        responses(200, "application/json", "{}");
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ServiceConfig config = ServiceConfig.of(Given.options("base_url", baseUrl()));
            FirstContact noTimeLeft = new FirstContact("address " + i, true, config.responseTimeout(), new LateClock());
            HttpGeneService service = open(config, RateShare.UNLIMITED, noTimeLeft);
            try {
                service.execute(GET, token -> {});
            } catch (ServiceException e) {
                failures.add(e.error());
            }
        }
        assertThat(failures).isNotEmpty().allSatisfy(failure -> assertThat(failure)
                .hasMessageStartingWith("[NCBI_GENE_SERVICE_UNREACHABLE] No response to GET " + baseUrl() + "/gene/")
                .hasMessageContaining(": no connection within 0 s. "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"reports\":",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"rep",
                "HTTP/1.1 200 OK\r\nContent-",
                "nonsense\r\n\r\n",
                ""
            })
    void aConnectionThatBreaksIsPassing(String sent) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Future<?> serving = threads.submit(() -> {
                try (Socket connection = socket.accept()) {
                    byte[] request = new byte[8192];
                    assertThat(connection.getInputStream().read(request)).isPositive();
                    connection.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
                }
                return null;
            });
            ServiceException failure =
                    failure(open("http://127.0.0.1:" + socket.getLocalPort(), RateShare.UNLIMITED), GET);

            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure.error().code()).isEqualTo(ErrorCode.SERVICE_UNREACHABLE);
            serving.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        responses(exchange -> {
            arrived.countDown();
            await(end);
        });
        HttpGeneService service = open();
        Future<Response> asking = threads.submit(() -> service.execute(GET, token -> {}));
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        service.close();

        assertThatThrownBy(() -> asking.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> service.execute(GET, token -> {})).isInstanceOf(InterruptedException.class);
        service.close();
    }

    @Test
    void closingOneLeavesTheOthersTheirConnections() throws Exception {
        responses(200, "application/json", "{}");
        HttpGeneService one = open();
        HttpGeneService other = open();
        one.execute(GET, token -> {});
        one.close();
        one.close();

        assertThat(text(other.execute(GET, token -> {}))).isEqualTo("{}");
    }

    @Test
    void aRequestCountsFromWhenItWasSentAndNotFromItsAnswer() throws Exception {
        CountDownLatch third = new CountDownLatch(3);
        responses(exchange -> {
            third.countDown();
            if (await(third)) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                send(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
            }
        });
        HttpGeneService service = open(baseUrl(), new RateShare(2, 250, 2));
        List<Future<Response>> asking = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            asking.add(threads.submit(() -> service.execute(GET, token -> {})));
        }
        for (Future<Response> response : asking) {
            assertThat(text(response.get(10, TimeUnit.SECONDS))).isEqualTo("{}");
        }
    }

    @Test
    void everyRequestWaitsForItsTurn() throws Exception {
        responses(200, "application/json", "{}");
        RateShare share = new RateShare(2, 250, 2);
        HttpGeneService service = open(baseUrl(), share);
        long start = System.nanoTime();
        List<Future<Response>> asking = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            asking.add(threads.submit(() -> service.execute(GET, token -> {})));
        }
        for (Future<Response> response : asking) {
            assertThat(text(response.get(20, TimeUnit.SECONDS))).isEqualTo("{}");
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(500);
        assertThat(requested).hasSize(5);
    }

    /** A response that is shorter than it says, or that breaks. */
    @ParameterizedTest
    @CsvSource({"429, RATE_LIMITED", "503, SERVICE_FAILED"})
    void whatAStatusDemandsCountsAlsoIfItsBodyIsCut(int status, ErrorCode code) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Future<?> serving = threads.submit(() -> {
                for (String response : List.of(
                        "HTTP/1.1 " + status + " No\r\nRetry-After: 1\r\nContent-Length: 100\r\n\r\n{\"err",
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")) {
                    try (Socket connection = socket.accept()) {
                        byte[] request = new byte[8192];
                        assertThat(connection.getInputStream().read(request)).isPositive();
                        connection.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
                    }
                }
                return null;
            });
            String baseUrl = "http://127.0.0.1:" + socket.getLocalPort();
            HttpGeneService service = open(baseUrl, new RateShare(5, 1020, 10));
            long start = System.nanoTime();
            ServiceException failure = failure(service, GET);
            assertThat(failure.error().code()).isEqualTo(code);
            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);

            assertThat(text(service.execute(GET, token -> {}))).isEqualTo("{}");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(1000);
            serving.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRateLimitThatIsExceededMakesAllTasksOfThisMachineWait() throws Exception {
        responses(exchange -> {
            if (requested.size() == 1) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                send(exchange, 429, new byte[0]);
            } else {
                send(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
            }
        });
        RateShare share = new RateShare(5, 1020, 10);
        HttpGeneService one = open(baseUrl(), share);
        HttpGeneService other = open(baseUrl(), share);
        long start = System.nanoTime();
        assertThat(failure(one, GET).error().code()).isEqualTo(ErrorCode.RATE_LIMITED);
        other.execute(GET, token -> {});

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(1000);
    }

    /** A clock on which three seconds pass between any two readings. */
    private static final class LateClock implements Clock {
        private long now;

        @Override
        public long nanoTime() {
            now += TimeUnit.SECONDS.toNanos(3);
            return now;
        }

        @Override
        public void sleep(Duration time) {
            throw new UnsupportedOperationException();
        }
    }
}
