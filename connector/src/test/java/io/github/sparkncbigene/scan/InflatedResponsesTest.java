package io.github.sparkncbigene.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.fetch.BatchPages;
import io.github.sparkncbigene.fetch.BatchResponses;
import io.github.sparkncbigene.fetch.Deadline;
import io.github.sparkncbigene.fetch.PageBudgets;
import io.github.sparkncbigene.fetch.PageReader;
import io.github.sparkncbigene.fetch.PendingPage;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.GeneService;
import io.github.sparkncbigene.service.Progress;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ResponseBody;
import io.github.sparkncbigene.service.ResponseHead;
import io.github.sparkncbigene.service.Retries;
import io.github.sparkncbigene.service.RetryBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers so large that another thread inflates them while they are read. */
@Timeout(120)
class InflatedResponsesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST = 1_000_000;

    /** What becomes of the bytes of the first answers. */
    private interface Fault {
        byte[] done(byte[] bytes);
    }

    /** Answers each identifier with 100 KB of which nobody asks for much. */
    private static final class Service implements GeneService {
        private final Fault fault;
        private final int faults;
        private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

        Service(Fault fault, int faults) {
            this.fault = fault;
            this.faults = faults;
        }

        @Override
        public Response execute(GeneRequest request, RetryBudget budget, Progress progress) {
            List<String> requested = accessions(request);
            sizes.add(requested.size());
            byte[] bytes = gzip(ScriptedGeneService.reports(
                    requested.stream().map(Service::match).toArray(String[]::new)));
            progress.permitted();
            return new Response(
                    new ResponseHead("POST /gene", Optional.empty(), Optional.empty()),
                    new ResponseBody(sizes.size() > faults ? bytes : fault.done(bytes), true, MOST));
        }

        private static String match(String accession) {
            byte[] random = new byte[50_000];
            new Random(accession.hashCode()).nextBytes(random);
            StringBuilder text = new StringBuilder();
            for (byte b : random) {
                text.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
            }
            return ScriptedGeneService.match(
                    "{\"summary\":[{\"description\":\"" + text + "\"}],\"gene_id\":\"" + accession.substring(3)
                            + "\",\"symbol\":\"S\"}",
                    accession);
        }

        private static List<String> accessions(GeneRequest request) {
            try {
                JsonNode body = MAPPER.readTree(request.body());
                return ScriptedGeneService.list(body, "accessions");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<String> read(Service service, int genes, String... options) {
        List<String> all = new ArrayList<>(List.of("batch_size", "4", "max_partitions", "1", "retry_wait", "0s"));
        all.addAll(Arrays.asList(options));
        List<String> accessions = new ArrayList<>();
        for (int i = 1; i <= genes; i++) {
            accessions.add("NM_" + i);
        }
        all.addAll(List.of("accessions", String.join(",", accessions)));
        return Scans.texts(
                Scans.rows(service, Scans.options(all.toArray(String[]::new)), "accession", "gene_id", "symbol"));
    }

    private static List<String> rows(int genes) {
        List<String> rows = new ArrayList<>();
        for (int i = 1; i <= genes; i++) {
            rows.add("NM_" + i + "|" + i + "|S");
        }
        return rows;
    }

    @Test
    void areRead() {
        Service service = new Service(bytes -> bytes, 0);

        assertThat(read(service, 12)).containsExactlyInAnyOrderElementsOf(rows(12));
        assertThat(service.sizes).containsExactly(4, 4, 4);
    }

    @ParameterizedTest
    @CsvSource({"20000", "100000", "150000"})
    void thatAreCutAreAskedForAgain(int length) {
        Service service = new Service(bytes -> Arrays.copyOf(bytes, length), 2);

        assertThat(read(service, 4, "max_retries", "2")).containsExactlyInAnyOrderElementsOf(rows(4));
        assertThat(service.sizes).containsExactly(4, 4, 4);
    }

    @Test
    void thatAreDamagedAreAskedForAgain() {
        Service service = new Service(
                bytes -> {
                    bytes[bytes.length / 2] ^= 0x55;
                    return bytes;
                },
                1);

        assertThat(read(service, 4, "max_retries", "1")).containsExactlyInAnyOrderElementsOf(rows(4));
        assertThat(service.sizes).containsExactly(4, 4);
    }

    @Test
    void thatStayCutAreAnError() {
        Service service = new Service(bytes -> Arrays.copyOf(bytes, 100_000), 9);

        assertThatThrownBy(() -> read(service, 4, "max_retries", "1"))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessage("[NCBI_GENE_BAD_RESPONSE] The response to POST /gene cannot be read: Unexpected end of ZLIB"
                        + " input stream. Check that base_url is the gene service; if it is, try again later.");
        assertThat(service.sizes).containsExactly(4, 4);
    }

    /** What inflates to more than may be is asked for in parts, and each part may be as much. */
    @Test
    void thatInflateBeyondTheLimitAreAskedForInParts() {
        Service service = new Service(bytes -> bytes, 0);

        assertThat(read(service, 16, "batch_size", "16")).containsExactlyInAnyOrderElementsOf(rows(16));
        assertThat(service.sizes).containsExactly(16, 8, 8);
    }

    @Test
    void aBombIsAnError() {
        byte[] bomb = gzip("{\"reports\":[" + " ".repeat(40 * MOST));
        assertThat(bomb.length).isGreaterThan(1 << 14);
        Service service = new Service(bytes -> bomb, 9);

        assertThatThrownBy(() -> read(service, 1))
                .hasMessage(
                        "[NCBI_GENE_RESPONSE_TOO_LARGE] The response to POST /gene cannot be read: it is larger than"
                                + " max_decoded_bytes = 1000000. Lower batch_size or page_size, or raise the limit.");
        assertThat(service.sizes).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 100000, 2", "true, 10, 0", "false, 100000, 0"})
    void onlyWhatTakesTimeTakesAThread(boolean compressed, int length, int threads) throws Exception {
        byte[] plain = new byte[length];
        new Random(1).nextBytes(plain);
        String text = new String(plain, StandardCharsets.ISO_8859_1);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Response response = new Response(
                new ResponseHead("GET /", Optional.empty(), Optional.empty()),
                new ResponseBody(compressed ? gzip(text) : bytes, compressed, MOST));
        List<Thread> started = new ArrayList<>();
        PageReader reader = new PageReader(
                new BatchPages(
                        (token, budget, wait, next) -> requested(response),
                        new PageBudgets(new Retries(0, Duration.ZERO)),
                        Duration.ZERO,
                        1,
                        0),
                new BatchResponses(null, null, null, false, new TaskCounters()),
                Deadline.of(Scans.options("accessions", "a")),
                task -> {
                    Thread thread = new Thread(task, "inflating");
                    thread.start();
                    started.add(thread);
                },
                new TaskCounters());
        reader.open();

        assertThat(reader.body().readAllBytes()).isEqualTo(bytes);
        assertThat(reader.body().read()).isEqualTo(bytes[0] & 0xFF);
        assertThat(started).hasSize(threads);
        reader.leave(Optional.empty());
        for (Thread thread : started) {
            thread.join();
        }
    }

    private static PendingPage requested(Response response) {
        return new PendingPage() {
            @Override
            public Response await(long nanos) {
                return response;
            }

            @Override
            public void release() {
                // Nothing is held.
            }
        };
    }

    /** Spark's task ends before the answer is read to its end: no thread is left that waits to go on. */
    @Test
    void whoseReaderIsClosedAreInflatedNoFurther() throws Exception {
        Service service = new Service(bytes -> bytes, 0);

        assertThat(read(service, 9, "batch_size", "9")).hasSize(9);
        assertThat(Scans.rows(
                        Scans.plan(
                                Scans.options("accessions", "NM_1,NM_2,NM_3,NM_4,NM_5,NM_6,NM_7,NM_8,NM_9"),
                                Scans.columns(Scans.options("accessions", "NM_1"), "symbol"),
                                KeyDomains.ALL,
                                OptionalInt.of(1)),
                        service))
                .hasSize(1)
                .isEqualTo(List.of(Map.of("symbol", "S")));
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("ncbi-gene-fetch")) {
                thread.join(30_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }
}
