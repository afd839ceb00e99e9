package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the service does, the rows are the truth, each once, or there is an error that says what went wrong. */
@ExtendWith(LocalSpark.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FaultMatrixTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(3000).compact(true));

    private static final String UNKNOWN = "NM_000000000.1";

    private static final Set<String> TOO_LARGE = Set.of("413", "gzip bomb");

    /** What a fault costs. */
    private enum Cost {
        /** Nothing: what was sent is good enough. */
        NONE,
        /** One more request each time. */
        ONE_EACH,
        /** A batch is read anew, or divided. */
        A_FEW_EACH,
        /** The same, and how long nothing came is what tells: on a busy machine that may strike others too. */
        TIME
    }

    /** A fault, what it costs while it passes, and the error if it does not; null for none. */
    private record Case(Fault fault, Cost cost, String error) {}

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("429", new Case(Fault.tooManyRequests(), Cost.ONE_EACH, "RATE_LIMITED"));
        cases.put("429, Retry-After", new Case(Fault.tooManyRequests(1), Cost.ONE_EACH, "RATE_LIMITED"));
        cases.put("500", new Case(Fault.status(500), Cost.ONE_EACH, "SERVICE_FAILED"));
        cases.put("502", new Case(Fault.status(502), Cost.ONE_EACH, "SERVICE_FAILED"));
        cases.put("503", new Case(Fault.status(503), Cost.ONE_EACH, "SERVICE_FAILED"));
        cases.put("504", new Case(Fault.status(504), Cost.A_FEW_EACH, "SERVICE_FAILED"));
        cases.put("413", new Case(Fault.status(413), Cost.A_FEW_EACH, "REQUEST_REFUSED"));
        cases.put("reset", new Case(Fault.reset(), Cost.ONE_EACH, "SERVICE_UNREACHABLE"));
        cases.put("reset mid-body", new Case(Fault.resetMidBody(), Cost.ONE_EACH, "SERVICE_UNREACHABLE"));
        cases.put("close mid-body", new Case(Fault.closeMidBody(), Cost.ONE_EACH, "SERVICE_UNREACHABLE"));
        cases.put("truncated gzip", new Case(Fault.truncatedGzip(), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("cut JSON", new Case(Fault.cutBody(), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("garbage after JSON", new Case(Fault.appended("<html>"), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("}{", new Case(Fault.concatenatedBody(), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("HTML 200", new Case(Fault.html(200), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("HTML 502", new Case(Fault.html(502), Cost.ONE_EACH, "SERVICE_FAILED"));
        cases.put("empty 200", new Case(Fault.emptyBody(), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("no answer", new Case(Fault.noAnswer(), Cost.TIME, "SERVICE_UNREACHABLE"));
        cases.put("stalled body", new Case(Fault.stalledBody(), Cost.TIME, "SERVICE_UNREACHABLE"));
        cases.put("slow body", new Case(Fault.slowBody(20, Duration.ofMillis(50)), Cost.TIME, "SERVICE_UNREACHABLE"));
        cases.put("wrong content type", new Case(Fault.contentType("text/plain"), Cost.NONE, null));
        cases.put("repeated token", new Case(Fault.repeatedToken(), Cost.A_FEW_EACH, "TOKEN_TROUBLE"));
        cases.put("foreign token", new Case(Fault.foreignToken(), Cost.A_FEW_EACH, "REQUEST_REFUSED"));
        cases.put("endless pages", new Case(Fault.endlessPages(), Cost.A_FEW_EACH, "TOKEN_TROUBLE"));
        cases.put("duplicate report", new Case(Fault.duplicateReport(), Cost.NONE, null));
        cases.put("lying total", new Case(Fault.wrongTotalCount(7), Cost.NONE, "BAD_RESPONSE"));
        cases.put("unknown members", new Case(Fault.unknownMembers(), Cost.NONE, null));
        cases.put("unknown enums", new Case(Fault.unknownEnums(), Cost.NONE, null));
        cases.put("deep nesting", new Case(Fault.deepNesting(5000), Cost.NONE, null));
        cases.put("gzip bomb", new Case(Fault.gzipBomb(40 << 20), Cost.A_FEW_EACH, "RESPONSE_TOO_LARGE"));
        cases.putAll(insideOf200());
        return cases;
    }

    /** Answers with status 200 and in good form that do not answer the request. */
    private static Map<String, Case> insideOf200() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put(
                "error in messages",
                new Case(Fault.errorInMessages("backend unavailable"), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put(
                "error in reports",
                new Case(Fault.errorInReports("backend unavailable"), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("genes", new Case(Fault.body("{\"genes\":[]}"), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("only a count", new Case(Fault.body("{\"total_count\":1}"), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("null for reports", new Case(Fault.body("{\"reports\":null}"), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("a list", new Case(Fault.body("[]"), Cost.ONE_EACH, "BAD_RESPONSE"));
        cases.put("missing report", new Case(Fault.missingReport(), Cost.A_FEW_EACH, "BAD_RESPONSE"));
        cases.put("crossed answer", new Case(Fault.crossedAnswer(), Cost.A_FEW_EACH, "BAD_RESPONSE"));
        cases.put("unasked reports", new Case(Fault.unaskedReports(), Cost.ONE_EACH, "BAD_RESPONSE"));
        return cases;
    }

    static Stream<Arguments> faultsInsideOf200() {
        List<Arguments> faults = new ArrayList<>();
        insideOf200().forEach((name, some) -> faults.add(Arguments.of(name, List.of(some.fault()))));
        faults.add(Arguments.of(
                "all together", insideOf200().values().stream().map(Case::fault).toList()));
        return faults.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsInsideOf200")
    void whatAnswersWithoutAnsweringCostsRequestsAndNoRow(String name, List<Fault> faults, SparkSession spark) {
        for (String wire : List.of("json", "ndjson")) {
            SERVICE.clearRequests();
            SERVICE.faults().clear();
            for (int f = 0; f < faults.size(); f++) {
                SERVICE.faults().withProbability(0.15, 31 * f + 1, faults.get(f));
            }
            List<String> rows = read(genes(spark, accessions(1499) + "," + UNKNOWN)
                    .option("wire_format", wire)
                    .option("batch_size", 50)
                    .option("page_size", 1000)
                    .option("max_retries", 50)
                    .option("retry_wait", "1ms"));

            assertThat(rows).as(wire).isEqualTo(truth(1499));
            assertThat(struck()).as(wire).isPositive();
        }
    }

    /** A table does not say what its rows answer, so that crossed answers and strangers cannot be told by it. */
    static Stream<Arguments> faultsOfTables() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        insideOf200().forEach((name, some) -> faults.put(name, some.fault()));
        faults.keySet().removeAll(List.of("crossed answer", "unasked reports"));
        List<Fault> together = List.copyOf(faults.values());
        faults.put("HTML 200", Fault.html(200));
        faults.put("cut gzip", Fault.truncatedGzip());
        faults.put("close mid-body", Fault.closeMidBody());
        faults.put("503", Fault.status(503));
        List<Arguments> all = new ArrayList<>();
        faults.forEach((name, fault) -> all.add(Arguments.of(name, List.of(fault))));
        all.add(Arguments.of("all together", together));
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfTables")
    void whatIsNoTableCostsRequestsAndNoRow(String name, List<Fault> faults, SparkSession spark) {
        DataFrameReader genes = genes(spark, accessions(1499) + "," + UNKNOWN)
                .option("table_fields", "gene-id,symbol")
                .option("wire_format", "tsv")
                .option("batch_size", 50)
                // The more pages, the more often a batch is read again from its start.
                .option("page_size", faults.size() > 1 ? 1000 : 20)
                .option("max_retries", 50)
                .option("retry_wait", "1ms")
                .option("requests_per_second", 0);
        for (int f = 0; f < faults.size(); f++) {
            SERVICE.faults().withProbability(0.15, 31 * f + 19, faults.get(f));
        }
        List<String> rows = LocalSpark.rows(genes.load());

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1499)
                        .mapToObj(i -> SyntheticGenes.geneId(i) + "|" + SyntheticGenes.symbol(i))
                        .toList());
        assertThat(struck()).isPositive();

        SERVICE.clearRequests();
        SERVICE.faults().clear();
        faults.forEach(fault -> SERVICE.faults().always(fault));
        assertThatThrownBy(() -> LocalSpark.rows(genes.option("accessions", accessions(3))
                        .option("max_retries", 2)
                        .load()))
                .cause()
                .hasMessageStartingWith("[NCBI_GENE_");
        assertThat(SERVICE.requests()).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsInsideOf200")
    void whatNeverAnswersIsAnErrorAndNothingIsNotFound(String name, List<Fault> faults, SparkSession spark) {
        read(genes(spark, accessions(4)));
        SERVICE.clearRequests();
        faults.forEach(fault -> SERVICE.faults().always(fault));

        for (String wire : List.of("json", "ndjson")) {
            assertThatThrownBy(() -> read(genes(spark, UNKNOWN + "," + SyntheticGenes.accession(99))
                            .option("wire_format", wire)
                            .option("max_retries", 2)))
                    .cause()
                    .hasMessageStartingWith("[NCBI_GENE_BAD_RESPONSE] The ")
                    .hasMessageContaining(SERVICE.baseUrl())
                    .hasMessageContaining("request id")
                    .message()
                    .doesNotContain("\n");
        }
        assertThat(SERVICE.requests()).hasSize(2 * 3);
    }

    static Stream<Arguments> faults() {
        return Sample.oneIn(6, List.copyOf(cases().entrySet())).stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @AfterEach
    void release() {
        SERVICE.faults().clear();
    }

    private static DataFrameReader genes(SparkSession spark, String accessions) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("accessions", accessions)
                .option("retry_wait", "10ms")
                .option("max_decoded_bytes", 20 << 20)
                .option("batch_size", 100)
                .option("page_size", 40)
                .option("max_partitions", 2);
    }

    private static DataFrameReader impatient(DataFrameReader genes, String silence, String whole) {
        return genes.option("response_timeout", silence).option("request_timeout", whole);
    }

    private static String accessions(int count) {
        return IntStream.range(0, count).mapToObj(SyntheticGenes::accession).collect(Collectors.joining(","));
    }

    private static List<String> read(DataFrameReader genes) {
        return LocalSpark.rows(
                        genes.load().selectExpr("accession", "gene_id", "symbol", "description", "warnings[0].code"))
                .stream()
                .sorted()
                .toList();
    }

    /** The rows of the first genes, and the one of an accession that NCBI does not know. */
    private static List<String> truth(int count) {
        return Stream.concat(
                        IntStream.range(0, count)
                                .mapToObj(i -> String.join(
                                        "|",
                                        SyntheticGenes.accession(i),
                                        Long.toString(SyntheticGenes.geneId(i)),
                                        SyntheticGenes.symbol(i),
                                        SyntheticGenes.description(i),
                                        "null")),
                        Stream.of(UNKNOWN + "|null|null|null|NOT_FOUND"))
                .sorted()
                .toList();
    }

    private static long struck() {
        return SERVICE.requests(request -> request.fault().isPresent()).size();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultThatPassesCostsRequestsAndNoRow(String name, Case some, SparkSession spark) {
        String accessions = accessions(299) + "," + UNKNOWN;
        assertThat(read(genes(spark, accessions))).isEqualTo(truth(299));
        int clean = SERVICE.requests().size();
        assertThat(clean).isEqualTo(3 * 3);
        SERVICE.clearRequests();
        SERVICE.faults().when(request -> request.sequence() % 3 == 0, 3, some.fault());

        DataFrameReader genes = genes(spark, accessions);
        if (some.cost() == Cost.TIME) {
            impatient(genes, "1s", "2s");
        }
        assertThat(read(genes)).isEqualTo(truth(299));

        int requests = SERVICE.requests().size();
        assertThat(struck()).isEqualTo(3);
        switch (some.cost()) {
            case NONE -> assertThat(requests).isEqualTo(clean);
            case ONE_EACH -> assertThat(requests).isEqualTo(clean + 3);
            case TIME -> assertThat(requests).isGreaterThanOrEqualTo(clean);
            case A_FEW_EACH -> assertThat(requests).isBetween(clean, clean + 3 * 6);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultThatNeverEndsIsAnErrorThatSaysWhich(String name, Case some, SparkSession spark) {
        String accessions = accessions(8) + "," + UNKNOWN;
        DataFrameReader genes = genes(spark, accessions)
                .option("batch_size", 4)
                .option("page_size", 2)
                .option("max_retries", 1)
                .option("max_partitions", 1);
        if (some.cost() == Cost.TIME) {
            impatient(genes, "300ms", "600ms");
        }
        SERVICE.faults().always(some.fault());

        if (some.error() == null) {
            assertThat(read(genes)).isEqualTo(truth(8));
        } else {
            assertThatThrownBy(() -> read(genes))
                    .cause()
                    .hasMessageStartingWith("[NCBI_GENE_" + some.error() + "] ")
                    .hasMessageContaining(SERVICE.baseUrl());
        }
        assertThat(SERVICE.requests()).hasSizeLessThan(40);
    }

    static Stream<Arguments> seedsAndMethods() {
        return Sample.oneIn(2, List.of(Arguments.of(1, "get"), Arguments.of(41, "post"))).stream();
    }

    @ParameterizedTest(name = "seed {0}, method {1}")
    @MethodSource("seedsAndMethods")
    void allOfThemTogetherEachWithOneRequestInTwenty(int seed, String method, SparkSession spark) {
        int index = 0;
        for (Map.Entry<String, Case> some : cases().entrySet()) {
            Random random = new Random(seed * 100L + index++);
            // What is too large is divided; one identifier cannot be.
            int fewest = TOO_LARGE.contains(some.getKey()) ? 2 : 1;
            SERVICE.faults()
                    .when(
                            request ->
                                    random.nextDouble() < 0.05 && request.ids().size() >= fewest,
                            some.getValue().fault());
        }
        List<String> rows = read(impatient(genes(spark, accessions(1499) + "," + UNKNOWN), "1s", "2s")
                .option("method", method)
                .option("batch_size", 50)
                .option("page_size", 1000)
                .option("max_retries", 50)
                .option("retry_wait", "1ms"));

        assertThat(rows).isEqualTo(truth(1499));
        assertThat(struck()).isGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({"ndjson", "tsv"})
    void whereNothingMayBeTheAnswerItIsBelievedWhenItIsRepeated(String wire, SparkSession spark) {
        DataFrameReader genes = genes(spark, accessions(99) + "," + UNKNOWN)
                .option("table_fields", "gene-id,symbol")
                .option("wire_format", wire)
                .option("page_size", 1000)
                .option("mode", "DROPMALFORMED");
        List<String> rows = LocalSpark.rows(genes.load());
        assertThat(rows).hasSize(99);
        SERVICE.clearRequests();
        SERVICE.faults().next(2, Fault.emptyBody());

        assertThat(LocalSpark.rows(genes.load())).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(SERVICE.requests()).hasSize(3);

        SERVICE.faults().always(Fault.emptyBody());
        assertThat(LocalSpark.rows(genes.load())).isEmpty();
        assertThat(SERVICE.requests()).hasSize(6);
    }

    @Test
    void aTokenThatExpiresStartsItsBatchAnew(SparkSession spark) {
        String accessions = accessions(200) + "," + UNKNOWN;
        SERVICE.faults().when(request -> isLaterPage(request), 3, Fault.expiredToken());

        assertThat(read(genes(spark, accessions))).isEqualTo(truth(200));
        assertThat(struck()).isEqualTo(3);

        SERVICE.faults().when(request -> isLaterPage(request), Fault.expiredToken());
        assertThatThrownBy(() -> read(genes(spark, accessions).option("max_retries", 2)))
                .cause()
                .hasMessageStartingWith("[NCBI_GENE_REQUEST_REFUSED] ")
                .hasMessageContaining("'Invalid argument provided: 'expired page token'.");
    }

    private static boolean isLaterPage(RecordedRequest request) {
        return request.parameter("page_token").isPresent() || request.body().contains("page_token");
    }

    @Test
    void retryAfterAsADateIsWaitedFor(SparkSession spark) {
        // A date has no fractions of a second.
        Instant until = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        SERVICE.faults().next(Fault.tooManyRequestsUntil(until));
        assertThat(read(genes(spark, accessions(5) + "," + UNKNOWN))).isEqualTo(truth(5));

        List<RecordedRequest> requests = SERVICE.requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).arrived()).isAfterOrEqualTo(until.minusMillis(50));
    }

    @Test
    void aServiceThatIsDownForAWhile(SparkSession spark) {
        DataFrameReader genes = genes(spark, accessions(100) + "," + UNKNOWN);
        SERVICE.service().stop();
        CompletableFuture<NcbiGeneService> up = CompletableFuture.supplyAsync(
                () -> SERVICE.service().start(), CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));

        assertThat(read(genes)).isEqualTo(truth(100));
        assertThat(up).succeedsWithin(Duration.ofMinutes(1));
        assertThat(SERVICE.requests()).hasSize(4);
    }

    @Test
    void oneBadAccessionInAThousandThatTheMessageNamesCostsTwoRequests(SparkSession spark) {
        String bad = SyntheticGenes.accession(417);
        SERVICE.configure(behaviour -> behaviour.refuse(bad::equals));
        List<String> rows =
                read(genes(spark, accessions(1000)).option("batch_size", 1000).option("page_size", 1000));

        assertThat(rows).hasSize(1000);
        assertThat(rows.stream().filter(row -> row.contains("|null|"))).hasSize(1);
        // All, the bad one, and the others.
        assertThat(SERVICE.requests()).hasSize(3);
    }

    @Test
    void oneBadAccessionInAThousandThatTheMessageDoesNotNameIsFound(SparkSession spark) {
        String bad = SyntheticGenes.accession(417);
        SERVICE.faults().when(request -> request.ids().contains(bad), Fault.badRequest("Something is wrong"));
        List<String> rows = LocalSpark.rows(genes(spark, accessions(1000))
                .option("batch_size", 1000)
                .option("page_size", 1000)
                .load()
                .selectExpr("accession", "gene_id", "warnings[0].message"));

        assertThat(rows).hasSize(1000);
        List<String> missing =
                rows.stream().filter(row -> row.contains("|null|")).toList();
        assertThat(missing)
                .singleElement()
                .asString()
                .startsWith(bad + "|null|")
                .contains("'Something is wrong (For more help, see");
        assertThat(SERVICE.requests()).hasSizeLessThanOrEqualTo(2 + 2 * 10);
    }

    @Test
    void whatIsRefusedWhateverTheAccessionsIsAnErrorAfterAFewRequests(SparkSession spark) {
        SERVICE.faults().always(Fault.badRequest("Invalid argument provided: 'nonsense'"));
        assertThatThrownBy(() -> read(genes(spark, accessions(1000))
                        .option("sort.field", "nonsense")
                        .option("batch_size", 1000)
                        .option("page_size", 1000)))
                .cause()
                .hasMessageStartingWith("[NCBI_GENE_REQUEST_REFUSED] Status 400")
                .hasMessageContaining("'Invalid argument provided: 'nonsense' (For more help, see");
        assertThat(SERVICE.requests()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({"504", "413", "0"})
    void timeoutsAboveSoManyAccessionsDivideTheBatches(int status, SparkSession spark) {
        Fault fault = status == 0 ? Fault.noAnswer() : Fault.status(status);
        SERVICE.faults().above(60, fault);
        DataFrameReader genes = genes(spark, accessions(200) + "," + UNKNOWN);
        List<String> rows = read(status == 0 ? impatient(genes, "1s", "10s") : genes);

        assertThat(rows).isEqualTo(truth(200));
        assertThat(SERVICE.requests(request -> request.fault().isEmpty()))
                .allSatisfy(request -> assertThat(request.ids()).hasSizeLessThanOrEqualTo(60));
    }

    @Test
    void aPageOfAHundredMegabytesIsReadAsAStream(SparkSession spark) {
        SERVICE.faults().next(Fault.hugeReport(100 << 20));
        List<String> rows = read(genes(spark, accessions(50) + "," + UNKNOWN)
                .option("max_decoded_bytes", 200 << 20)
                .option("request_timeout", "1m"));

        assertThat(rows).isEqualTo(truth(50));
        assertThat(struck()).isEqualTo(1);
        assertThat(new ArrayList<>(SERVICE.requests())).hasSize(2);
    }
}
