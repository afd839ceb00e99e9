package io.github.sparkncbigene.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.http.GeneServices;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.rate.RateAccess;
import io.github.sparkncbigene.rate.RateShare;
import io.github.sparkncbigene.scan.HostileServer.Conversation;
import io.github.sparkncbigene.service.ServiceConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * Mixtures of faults through all layers: connection, page and batch. No page is requested more often than 1 + {@code
 * max_retries} times, and the rows are the truth, or there is an error.
 */
class FaultMixturesTest {
    private static final int PAGE_SIZE = 2;
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String OK = "HTTP/1.1 200 OK";
    private static final Pattern ACCESSION = Pattern.compile("NM_(\\d+)\\.1");
    private static final Pattern TOKEN = Pattern.compile("\"page_token\":\"from-(\\d+)\"");
    /** NCBI does not know every fifth accession. */
    private static final int UNKNOWN = 5;

    /** What happens to a request. */
    enum Fault {
        NONE,
        STATUS_500,
        STATUS_503,
        STATUS_429,
        STATUS_504,
        STATUS_413,
        CLOSED,
        RESET,
        CUT_BODY,
        CUT_GZIP,
        WEB_PAGE,
        NOTHING,
        GENES,
        ERROR_INSIDE,
        TOO_FEW,
        STRANGERS,
        SAME_TOKEN,
        EXPIRED_TOKEN
    }

    /** A gene service with faults. */
    private static final class Service implements HostileServer.Reply {
        private final List<Fault> faults;
        private final Map<String, Integer> requests = new ConcurrentHashMap<>();

        Service(List<Fault> faults) {
            this.faults = faults;
        }

        @Override
        public void send(Conversation exchange) throws IOException {
            // A page is known by all that its request says.
            requests.merge(exchange.body(), 1, Integer::sum);
            Fault fault = faults.get((exchange.number() - 1) % faults.size());
            List<String> known = ACCESSION
                    .matcher(exchange.body())
                    .results()
                    .filter(match -> Integer.parseInt(match.group(1)) % UNKNOWN != 0)
                    .map(match -> match.group(1))
                    .toList();
            Matcher token = TOKEN.matcher(exchange.body());
            int from = token.find() ? Integer.parseInt(token.group(1)) : 0;
            boolean first = !exchange.body().contains("page_token");
            List<String> page = known.subList(Math.min(from, known.size()), Math.min(known.size(), from + PAGE_SIZE));
            String next = from + PAGE_SIZE < known.size() ? "from-" + (from + PAGE_SIZE) : null;
            String total = first && !known.isEmpty() ? ",\"total_count\":" + known.size() : "";
            String body = known.isEmpty() ? "{}" : page(page.stream(), total);
            String header = JSON + (next == null ? "" : "X-Ncbi-Next-Page-Token: " + next + "\r\n");
            switch (fault) {
                case STATUS_500, STATUS_503, STATUS_504, STATUS_413 ->
                    status(exchange, fault.name().substring(7), "");
                case STATUS_429 -> status(exchange, "429", "Retry-After: 0\r\n");
                case CLOSED -> exchange.close();
                case RESET -> exchange.reset();
                case CUT_BODY ->
                    exchange.response(
                            OK, header, body.substring(0, body.length() - 1).getBytes(UTF_8));
                case CUT_GZIP -> exchange.response(OK, header + "Content-Encoding: gzip\r\n", cutGzip(body));
                case WEB_PAGE ->
                    exchange.response(OK, "Content-Type: text/html\r\n", "<html>Log in</html>".getBytes(UTF_8));
                case NOTHING -> exchange.response(OK, JSON, new byte[0]);
                case GENES -> exchange.response(OK, JSON, "{\"genes\":[]}".getBytes(UTF_8));
                case ERROR_INSIDE ->
                    exchange.response(OK, JSON, "{\"messages\":[{\"error\":{\"message\":\"no\"}}]}".getBytes(UTF_8));
                case TOO_FEW ->
                    exchange.response(
                            OK,
                            JSON,
                            page(page.stream().limit(1), ",\"total_count\":99").getBytes(UTF_8));
                case STRANGERS ->
                    exchange.response(OK, JSON, page(Stream.of("999"), "").getBytes(UTF_8));
                case SAME_TOKEN ->
                    exchange.response(
                            OK,
                            JSON + "X-Ncbi-Next-Page-Token: from-" + from + "\r\n",
                            (known.isEmpty() ? "{}" : body).getBytes(UTF_8));
                case EXPIRED_TOKEN -> {
                    if (first) {
                        exchange.response(OK, header, body.getBytes(UTF_8));
                    } else {
                        status(exchange, "400", "");
                    }
                }
                default -> exchange.response(OK, header, body.getBytes(UTF_8));
            }
        }

        private static String page(Stream<String> numbers, String more) {
            return numbers.map(
                            number -> "{\"gene\":{\"gene_id\":\"" + number + "\"},\"query\":[\"NM_" + number + ".1\"]}")
                    .collect(Collectors.joining(",", "{\"reports\":[", "]" + more + "}"));
        }

        private static void status(Conversation exchange, String status, String headers) throws IOException {
            exchange.response(
                    "HTTP/1.1 " + status + " No",
                    JSON + headers,
                    ("{\"error\":\"No\",\"code\":" + status + ",\"message\":\"no\"}").getBytes(UTF_8));
        }

        private static byte[] cutGzip(String body) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write(body.getBytes(UTF_8));
            }
            return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9);
        }
    }

    /** Some kinds of faults, with more or fewer requests without one between them. */
    @Provide
    static Arbitrary<List<Fault>> mixtures() {
        return Arbitraries.of(Fault.class).set().ofMinSize(1).ofMaxSize(6).flatMap(kinds -> Arbitraries.integers()
                .between(0, 9)
                .flatMap(calm -> Arbitraries.frequencyOf(
                                Tuple.of(1 + calm, Arbitraries.just(Fault.NONE)), Tuple.of(3, Arbitraries.of(kinds)))
                        .list()
                        .ofSize(60)));
    }

    @Property(tries = 250, shrinking = ShrinkingMode.OFF)
    void noPageIsRequestedTooOftenAndTheRowsAreTheTruthOrThereIsAnError(
            @ForAll("mixtures") List<Fault> faults,
            @ForAll @IntRange(min = 0, max = 5) int maxRetries,
            @ForAll @IntRange(min = 1, max = 12) int accessions,
            @ForAll @IntRange(min = 1, max = 12) int batchSize)
            throws IOException {
        check(faults, maxRetries, accessions, batchSize);
    }

    /** The second page is the first one again, and the last page is cut short: together they have enough reports. */
    @Example
    void aPageThatIsSentTwiceDoesNotCountForAMissingOne() throws IOException {
        List<Fault> faults = new ArrayList<>(Collections.nCopies(60, Fault.NONE));
        faults.set(0, Fault.SAME_TOKEN);
        faults.set(4, Fault.TOO_FEW);
        assertThat(check(faults, 5, 9, 9)).isPresent();
    }

    /** The third page of one attempt is the second of the next. */
    @Example
    void aPageAtAnotherPositionKeepsItsBudget() throws IOException {
        String words = """
                CUT_GZIP NONE CUT_BODY SAME_TOKEN NOTHING NONE CUT_BODY CUT_BODY NOTHING
                CUT_GZIP NONE CUT_GZIP NONE CUT_BODY CUT_BODY NONE SAME_TOKEN NONE SAME_TOKEN
                NONE CUT_GZIP SAME_TOKEN WEB_PAGE NONE CUT_GZIP CUT_BODY SAME_TOKEN CUT_GZIP
                SAME_TOKEN NOTHING CUT_BODY SAME_TOKEN NONE NONE NONE CUT_GZIP NOTHING
                SAME_TOKEN NONE CUT_BODY NONE NONE CUT_BODY NONE CUT_BODY NONE NONE NONE NOTHING
                NOTHING NONE NOTHING NONE CUT_GZIP NOTHING NONE NONE WEB_PAGE NONE CUT_GZIP
                """;
        List<Fault> faults =
                Stream.of(words.strip().split("\\s+", -1)).map(Fault::valueOf).toList();
        check(faults, 2, 3, 6);
    }

    /** Returns the rows, if they are the truth, or nothing if there is an error. */
    private static Optional<List<String>> check(List<Fault> faults, int maxRetries, int accessions, int batchSize)
            throws IOException {
        Service replies = new Service(faults);
        try (HostileServer server = new HostileServer(replies)) {
            List<String> rows = null;
            try {
                rows = read(server.port(), accessions, batchSize, maxRetries);
            } catch (NcbiGeneException e) {
                assertThat(e.getMessage()).startsWith("[NCBI_GENE_").doesNotContain("\n");
            }
            if (rows != null) {
                assertThat(rows)
                        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, accessions)
                                .mapToObj(i -> "NM_" + i + ".1|" + (i % UNKNOWN == 0 ? "null" : i))
                                .toList());
            }
            assertThat(replies.requests)
                    .allSatisfy((page, requests) -> assertThat(requests).isLessThanOrEqualTo(1 + maxRetries));
            return Optional.ofNullable(rows);
        }
    }

    private static List<String> read(int port, int accessions, int batchSize, int maxRetries) {
        Options options = Scans.options(
                "base_url",
                "http://127.0.0.1:" + port,
                "accessions",
                IntStream.rangeClosed(1, accessions)
                        .mapToObj(i -> "NM_" + i + ".1")
                        .collect(Collectors.joining(",")),
                "batch_size",
                Integer.toString(batchSize),
                "page_size",
                Integer.toString(PAGE_SIZE),
                "max_retries",
                Integer.toString(maxRetries),
                "retry_wait",
                "1ms",
                "requests_per_second",
                "0");
        try (var service = GeneServices.open(
                        ServiceConfig.of(options), RateAccess.here(RateShare.UNLIMITED), 2, false, new TaskCounters())
                .service()) {
            return Scans.texts(Scans.rows(service, options, "accession", "gene_id"));
        }
    }
}
