package io.github.sparkncbigene.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.files.FileSystemGuard;
import io.github.sparkncbigene.options.CacheMode;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ResponseBody;
import io.github.sparkncbigene.service.ResponseHead;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.service.ServiceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseCacheTest {
    private static final String BASE_URL = "http://127.0.0.1:1/datasets/v2";
    private static final GeneRequest FIRST = post("{\"accessions\":[\"NM_021803.4\",\"NP_068575.1\"]}");

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private static final Instant RETRIEVED = Instant.parse("2026-03-04T05:06:07.089Z");

    private ResponseCache cache;

    @BeforeEach
    void open() {
        cache = cache(Duration.ofDays(7));
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-01T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private ResponseCache cache(Duration maxAge) {
        return new ResponseCache(settings(directory.toString(), maxAge), BASE_URL, 1 << 20, clock);
    }

    private static CacheSettings settings(String directory, Duration maxAge) {
        return new CacheSettings(directory, maxAge, CacheMode.NORMAL, null, new SerializableConfiguration(hadoop()));
    }

    /** Without the checksums that Hadoop puts beside local files, so that it is ours that are tested. */
    private static Configuration hadoop() {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
        return hadoop;
    }

    private static GeneRequest post(String body) {
        return new GeneRequest("/gene/dataset_report", List.of(), body, GeneRequest.JSON, true);
    }

    private static Response answer(String body, String next, boolean gzip) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Response(
                new ResponseHead(
                        "POST " + BASE_URL + "/gene/dataset_report",
                        Optional.ofNullable(next),
                        Optional.of("PHID" + body.length()),
                        OptionalLong.empty(),
                        RETRIEVED),
                new ResponseBody(gzip ? gzip(bytes) : bytes, gzip, 1 << 20));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
            out.finish();
            return compressed.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Response answer) throws IOException {
        try (InputStream body = answer.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Two pages, of which the second was not sent compressed. */
    private void cacheTwoPages() {
        try (ResponseWriter writer = cache.write(FIRST)) {
            writer.add(Optional.empty(), answer("{\"reports\":[1]}", "token-2", true));
            writer.add(Optional.of("token-2"), answer("{\"reports\":[2,3]}", null, false));
            writer.finish();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("responses"))) {
            return files.sorted().toList();
        }
    }

    private Path onlyFile() throws IOException {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }

    @Test
    void whatIsCachedIsFoundPageByPage() throws IOException {
        cacheTwoPages();

        CachedResponses batch = cache.find(FIRST).orElseThrow();
        Response first = batch.take(Optional.empty()).orElseThrow();
        Response second = batch.take(Optional.of("token-2")).orElseThrow();

        assertThat(text(first)).isEqualTo("{\"reports\":[1]}");
        assertThat(first.nextPageToken()).contains("token-2");
        assertThat(first.reference()).isEqualTo("POST " + BASE_URL + "/gene/dataset_report (request id PHID15)");
        assertThat(first.retrieval()).isEqualTo(new Retrieval("PHID15", RETRIEVED));
        assertThat(text(second)).isEqualTo("{\"reports\":[2,3]}");
        assertThat(second.nextPageToken()).isEmpty();
    }

    @Test
    void whoAsksForAPageAgainCouldNotReadIt() {
        cacheTwoPages();
        CachedResponses batch = cache.find(FIRST).orElseThrow();

        assertThat(batch.take(Optional.empty())).isPresent();
        assertThat(batch.take(Optional.empty())).isEmpty();
        assertThat(batch.take(Optional.of("token-3"))).isEmpty();
    }

    @Test
    void anotherRequestIsAnotherBatch() {
        cacheTwoPages();

        assertThat(cache.find(post("{\"accessions\":[\"NM_021803.4\"]}"))).isEmpty();
        assertThat(cache.find(new GeneRequest(FIRST.path(), List.of(), FIRST.body(), GeneRequest.TSV, true)))
                .isEmpty();
        assertThat(cache.find(new GeneRequest("/gene/product_report", List.of(), FIRST.body(), GeneRequest.JSON, true)))
                .isEmpty();
        assertThat(cache.find(new GeneRequest(FIRST.path(), List.of(), null, GeneRequest.JSON, true)))
                .isEmpty();
        ResponseCache ofAnotherService = new ResponseCache(
                settings(directory.toString(), Duration.ofDays(7)), "http://127.0.0.1:2/datasets/v2", 1 << 20, clock);
        assertThat(ofAnotherService.find(FIRST)).isEmpty();
        // Whether it can be divided is no matter of what is asked.
        assertThat(cache.find(new GeneRequest(FIRST.path(), List.of(), FIRST.body(), GeneRequest.JSON, false)))
                .isPresent();
    }

    @Test
    void aFileOfAnotherRequestUnderTheNameIsNotUsed() throws IOException {
        cacheTwoPages();
        Path file = onlyFile();
        GeneRequest other = post("{\"accessions\":[\"NM_021803.4\"]}");
        try (ResponseWriter writer = cache.write(other)) {
            writer.add(Optional.empty(), answer("{}", null, true));
            writer.finish();
        }
        Path ofOther = files().stream().filter(f -> !f.equals(file)).findFirst().orElseThrow();

        Files.write(ofOther, Files.readAllBytes(file));

        assertThat(cache.find(other)).isEmpty();
        assertThat(cache.find(FIRST)).isPresent();
    }

    @Test
    void whateverByteIsChangedItIsNoticed() throws IOException {
        cacheTwoPages();
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            for (int change : new int[] {0x01, 0x80, 0xff}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) change;
                Files.write(file, changed);

                assertThat(cache.find(FIRST))
                        .as("byte %d changed by %x", at, change)
                        .isEmpty();
            }
        }
        Files.write(file, whole);
        assertThat(cache.find(FIRST)).isPresent();
    }

    @Test
    void whereverItIsCutItIsNoticed() throws IOException {
        cacheTwoPages();
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThat(cache.find(FIRST)).as("cut to %d", length).isEmpty();
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThat(cache.find(FIRST)).as("something appended").isEmpty();
    }

    @Test
    void whatWasNoticedIsWrittenOver() throws IOException {
        cacheTwoPages();
        Files.write(onlyFile(), new byte[] {1, 2, 3});
        assertThat(cache.find(FIRST)).isEmpty();

        cacheTwoPages();

        assertThat(cache.find(FIRST)).isPresent();
        onlyFile();
    }

    @Test
    void aPageThatIsGoneBetweenOpeningAndReadingIsAskedForAnew() throws IOException {
        cacheTwoPages();
        CachedResponses batch = cache.find(FIRST).orElseThrow();
        Files.delete(onlyFile());

        assertThat(batch.take(Optional.empty())).isPresent();
        assertThat(batch.take(Optional.of("token-2"))).isEmpty();
    }

    @Test
    void aPageOfAFileWrittenOverMeanwhileIsNotMistakenForAnother() throws IOException {
        cacheTwoPages();
        CachedResponses batch = cache.find(FIRST).orElseThrow();
        clock.now = clock.now.plusSeconds(1);
        cacheTwoPages();

        assertThat(batch.take(Optional.of("token-2"))).isEmpty();
    }

    @Test
    void tooOldIsAsIfItWereNotThere() {
        cacheTwoPages();
        clock.now = clock.now.plus(Duration.ofDays(7));
        assertThat(cache.find(FIRST)).isPresent();

        clock.now = clock.now.plusMillis(1);

        assertThat(cache.find(FIRST)).isEmpty();
        assertThat(cache(Duration.ofDays(8)).find(FIRST)).isPresent();
        cacheTwoPages();
        assertThat(cache.find(FIRST)).isPresent();
    }

    @Test
    void whatIsNotFinishedCannotBeFoundAndLeavesNothingBehind() throws IOException {
        try (ResponseWriter writer = cache.write(FIRST)) {
            writer.add(Optional.empty(), answer("{\"reports\":[1]}", "token-2", true));
            assertThat(files()).hasSize(1);
            assertThat(cache.find(FIRST)).isEmpty();
        }

        assertThat(files()).isEmpty();
    }

    @Test
    void twoMayWriteTheSame() throws Exception {
        int writers = 8;
        CountDownLatch start = new CountDownLatch(1);
        Thread[] threads = new Thread[writers];
        for (int i = 0; i < writers; i++) {
            threads[i] = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                cacheTwoPages();
            });
            threads[i].start();
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(cache.find(FIRST)).isPresent();
        onlyFile();
    }

    @Test
    void aTroubleIsCachedToo() {
        ServiceException trouble = new ServiceException(
                ServiceException.Kind.REJECTED,
                NcbiGeneException.of(ErrorCode.REQUEST_REFUSED, "Status 400: 'NM_1 is invalid'."),
                "NM_1 is invalid");

        cache.write(FIRST, trouble);

        ServiceException found = cache.find(FIRST).orElseThrow().failure().orElseThrow();
        assertThat(found.kind()).isEqualTo(ServiceException.Kind.REJECTED);
        assertThat(found.error().code()).isEqualTo(ErrorCode.REQUEST_REFUSED);
        assertThat(found.error()).hasMessage("[NCBI_GENE_REQUEST_REFUSED] Status 400: 'NM_1 is invalid'.");
        assertThat(found.said()).isEqualTo("NM_1 is invalid");
    }

    @Test
    void aFileSystemThatFailsIsGivenUpAfterThreeTimes() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        cache = new ResponseCache(settings(file + "/below", Duration.ofDays(7)), BASE_URL, 1 << 20, clock);

        for (int i = 0; i < 3; i++) {
            assertThat(cache.isWritable()).isTrue();
            cacheTwoPages();
        }

        assertThat(cache.isWritable()).isFalse();
        cacheTwoPages();
        assertThat(cache.find(FIRST)).isEmpty();
    }

    @Test
    void aPathWithoutFileSystemIsRefused() {
        Options options = Options.resolve(Map.of("cache_path", "nowhere://bucket/answers", "gene_ids", "1"), Map.of());

        assertThatThrownBy(() -> CacheSettings.of(options, hadoop()))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option cache_path is 'nowhere://bucket/answers' but must be"
                        + " a directory on a file system that Spark knows: No FileSystem for scheme \"nowhere\".");
    }

    @Test
    void withoutThePathNothingIsCached() {
        assertThat(CacheSettings.of(Options.resolve(Map.of("gene_ids", "1"), Map.of()), hadoop()))
                .isNull();
    }

    private void moveBack(Duration by) {
        clock.now = clock.now.minus(by);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 86_400_000L, 2_300_000_000_000L})
    void whatIsDatedInTheFutureIsFetchedAndWrittenOver(long millis) {
        cacheTwoPages();
        moveBack(Duration.ofMillis(millis));

        assertThat(cache.find(FIRST)).isEmpty();
        cacheTwoPages();
        assertThat(cache.find(FIRST)).isPresent();
    }

    @Test
    void aDirectoryInThePlaceOfAnEntryIsNoEntryAndGetsNone() throws IOException {
        cacheTwoPages();
        Path file = onlyFile();
        Files.delete(file);
        Files.createDirectory(file);

        assertThat(cache.find(FIRST)).isEmpty();
        cacheTwoPages();

        assertThat(file).isEmptyDirectory();
        assertThat(files()).containsExactly(file);
    }

    @Test
    @Timeout(60)
    void aPipeInThePlaceOfAnEntryIsNotOpened() throws Exception {
        cacheTwoPages();
        Path file = onlyFile();
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();

        assertThat(cache.find(FIRST)).isEmpty();
        cacheTwoPages();

        assertThat(cache.find(FIRST)).isPresent();
    }

    @Test
    void aForeignFileIsNotReadIntoMemory() throws IOException {
        cacheTwoPages();
        Path file = onlyFile();
        byte[] header = {'H', 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        Files.write(file, header);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 36);
        }

        assertThat(cache.find(FIRST)).isEmpty();
    }

    private ResponseCache onFailing(Duration patience) {
        Configuration hadoop = hadoop();
        hadoop.set("fs.file.impl", FailingFileSystem.class.getName());
        CacheSettings settings = new CacheSettings(
                directory.toString(),
                Duration.ofDays(7),
                CacheMode.NORMAL,
                null,
                new SerializableConfiguration(hadoop));
        return new ResponseCache(
                settings, BASE_URL, 1 << 20, clock, new FileSystemGuard(directory.toString(), patience));
    }

    static Stream<Arguments> stepsAndFailures() {
        List<Throwable> failures = List.of(
                new IOException("Input/output error"),
                new AssertionError("as Hadoop's FSError"),
                new NoClassDefFoundError("com/example/Client"),
                new UncheckedIOException(new IOException("No space left on device")));
        return Stream.of("initialize", "status", "open", "create", "write", "close", "rename", "delete")
                .flatMap(step -> failures.stream().map(failure -> Arguments.of(step, failure)));
    }

    @ParameterizedTest
    @MethodSource("stepsAndFailures")
    void whateverFailsWhereverNothingComesOutOfHere(String step, Throwable what) throws IOException {
        cacheTwoPages();
        Path file = onlyFile();
        byte[] before = Files.readAllBytes(file);
        FailingFileSystem.begin(step, () -> what);
        try {
            cache = onFailing(Duration.ofMinutes(1));
            boolean reads = List.of("initialize", "status", "open").contains(step);
            assertThat(cache.find(FIRST).isPresent()).isEqualTo(!reads);
            cacheTwoPages();
        } finally {
            FailingFileSystem.end();
        }
        assertThat(file).hasBinaryContent(before);
        assertThat(cache.find(FIRST)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"initialize", "status", "open", "create", "write", "close", "rename"})
    @Timeout(60)
    void whereverItHangsTheReadGoesOn(String step) {
        boolean onceWritten = step.equals("open");
        FailingFileSystem.begin(onceWritten ? "" : step, true);
        try {
            cache = onFailing(Duration.ofMillis(50));
            if (onceWritten) {
                cacheTwoPages();
                FailingFileSystem.begin(step, true);
            }
            assertThat(cache.find(FIRST)).isEmpty();
            cacheTwoPages();
            assertThat(cache.isWritable()).isFalse();
            assertThat(cache.find(FIRST)).isEmpty();
        } finally {
            FailingFileSystem.end();
        }
    }

    @Test
    void aFileSystemWhoseClassesAreMissingIsDoneWithout() {
        Options options = Options.resolve(Map.of("cache_path", "s3x://bucket/answers", "gene_ids", "1"), Map.of());
        Configuration hadoop = hadoop();
        hadoop.set("fs.s3x.impl", "com.example.Missing");

        assertThat(CacheSettings.of(options, hadoop)).isNull();
    }
}
