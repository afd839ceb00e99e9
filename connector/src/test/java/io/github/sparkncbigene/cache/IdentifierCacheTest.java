package io.github.sparkncbigene.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.files.FileSystemGuard;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.options.CacheMode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.Secret;
import io.github.sparkncbigene.segment.CachedIdentifier;
import io.github.sparkncbigene.segment.CachedReport;
import io.github.sparkncbigene.segment.SegmentMerger;
import io.github.sparkncbigene.segment.SegmentWriter;
import io.github.sparkncbigene.service.Retrieval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final CacheScope SCOPE = new CacheScope("gene-accession-1", "http://127.0.0.1:1\ngene\naccession");

    @TempDir
    Path directory;

    private Configuration hadoop() {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
        return hadoop;
    }

    private IdentifierCache cache(Instant now, Duration maxAge, String secret, CacheScope scope) {
        CacheSettings settings = new CacheSettings(
                directory.toString(),
                maxAge,
                CacheMode.NORMAL,
                secret(secret),
                new SerializableConfiguration(hadoop()));
        return new IdentifierCache(settings, scope, Clock.fixed(now, ZoneOffset.UTC));
    }

    private IdentifierCache cache(Instant now) {
        return cache(now, Duration.ofDays(7), null, SCOPE);
    }

    private static Secret secret(String text) {
        return text == null
                ? null
                : Options.resolve(Map.of("cache_secret", text), Map.of())
                        .secret(Option.CACHE_SECRET)
                        .orElseThrow();
    }

    private static String accession(int i) {
        return String.format("NM_%09d.1", i);
    }

    private static CachedIdentifier answer(int i, Instant at, String text) {
        CachedReport report = new CachedReport(
                ("{\"gene\":{\"symbol\":\"" + text + "\"}}").getBytes(StandardCharsets.UTF_8),
                new Retrieval("ID" + text, at));
        return new CachedIdentifier(
                accession(i),
                IdentifierCache.micros(at),
                report.from(),
                List.of(new CachedIdentifier.Hit(report, new byte[] {1, 2})),
                new byte[0]);
    }

    private void write(IdentifierCache cache, Instant at, String text, int... accessions) throws IOException {
        IdentifierCache.Batch batch = cache.batch();
        for (int i : accessions) {
            batch.add(answer(i, at, text + i));
        }
        batch.finish();
        cache.tidy();
    }

    private static IdentifierBatch batch(String... texts) {
        return new IdentifierBatch(IdentifierKind.ACCESSION, Identifiers.of(Arrays.asList(texts)), List.of());
    }

    private static Found find(IdentifierCache cache, String... texts) {
        return cache.find(batch(), Identifiers.of(Arrays.asList(texts)), Set.of());
    }

    /** What is cached of each accession; those that are missing are not there. */
    private static Map<String, String> texts(IdentifierCache cache, String... texts) {
        Map<String, String> found = new TreeMap<>();
        for (CachedBlock block : find(cache, texts).blocks()) {
            Optional<Map<String, CachedIdentifier>> answers = cache.read(block);
            if (answers.isPresent()) {
                block.identifiers()
                        .requested()
                        .forEach(identifier ->
                                found.put(identifier.text(), text(answers.get().get(identifier.requested()))));
            }
        }
        return found;
    }

    private static String text(CachedIdentifier answer) {
        return answer.hits().isEmpty()
                ? "nothing"
                : new String(answer.hits().get(0).report().json(), StandardCharsets.UTF_8)
                        .replaceAll(".*:\"(.*)\"}}", "$1");
    }

    private static String[] accessions(int... numbers) {
        return IntStream.of(numbers).mapToObj(IdentifierCacheTest::accession).toArray(String[]::new);
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(directory.resolve(SCOPE.name()))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory.resolve(SCOPE.name()))) {
            return files.sorted().toList();
        }
    }

    private Path onlyFile() throws IOException {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }

    @Test
    void whatIsWrittenIsFound() throws IOException {
        write(cache(NOW), NOW, "a", 3, 1, 2);

        Found found = find(cache(NOW), accessions(0, 1, 2, 5));

        assertThat(found.missing()).containsExactly(accessions(0, 5));
        assertThat(texts(cache(NOW), accessions(0, 1, 2, 5))).isEqualTo(Map.of(accession(1), "a1", accession(2), "a2"));
        CachedIdentifier answer =
                cache(NOW).read(found.blocks().get(0)).orElseThrow().get(accession(1));
        assertThat(answer.hits().get(0).warnings()).containsExactly(1, 2);
        assertThat(answer.from()).isEqualTo(new Retrieval("IDa1", NOW));
    }

    @Test
    void whiteSpaceAroundAnIdentifierDoesNotMatter() throws IOException {
        write(cache(NOW), NOW, "a", 1);

        assertThat(texts(cache(NOW), " " + accession(1), accession(1), accession(1) + "\t", " " + accession(2)))
                .isEqualTo(Map.of(" " + accession(1), "a1", accession(1), "a1", accession(1) + "\t", "a1"));
    }

    @Test
    void theNewestCounts() throws IOException {
        write(cache(NOW), NOW, "new", 1);
        write(cache(NOW), NOW.minusSeconds(5), "old", 1, 2);

        assertThat(texts(cache(NOW), accessions(1, 2))).isEqualTo(Map.of(accession(1), "new1", accession(2), "old2"));
    }

    @Test
    void whatIsTooOldOrDatedInTheFutureIsMissing() throws IOException {
        write(cache(NOW), NOW, "now", 1);
        write(cache(NOW), NOW.minus(Duration.ofDays(7)).minusMillis(1), "old", 1, 2);
        write(cache(NOW), NOW.plusSeconds(1), "future", 1, 3);

        assertThat(texts(cache(NOW), accessions(1, 2, 3))).isEqualTo(Map.of(accession(1), "now1"));
        assertThat(texts(cache(NOW, Duration.ofDays(999_999_999), null, SCOPE), accessions(2)))
                .isEqualTo(Map.of(accession(2), "old2"));
    }

    @Test
    void anotherScopeAndAFileOfAnotherScopeAreNotUsed() throws IOException {
        CacheScope other = new CacheScope("gene-accession-2", "another");
        write(cache(NOW), NOW, "a", 1);

        assertThat(find(cache(NOW, Duration.ofDays(7), null, other), accession(1))
                        .blocks())
                .isEmpty();
        Path moved = Files.createDirectories(directory.resolve(other.name()))
                .resolve(onlyFile().getFileName());
        Files.copy(onlyFile(), moved);
        assertThat(find(cache(NOW, Duration.ofDays(7), null, other), accession(1))
                        .blocks())
                .isEmpty();
    }

    @Test
    void aSecretTellsAnswersApart() throws IOException {
        write(cache(NOW, Duration.ofDays(7), "s", SCOPE), NOW, "sealed", 1);
        write(cache(NOW), NOW, "plain", 2);

        assertThat(texts(cache(NOW, Duration.ofDays(7), "s", SCOPE), accessions(1, 2)))
                .isEqualTo(Map.of(accession(1), "sealed1"));
        assertThat(texts(cache(NOW, Duration.ofDays(7), "t", SCOPE), accessions(1, 2)))
                .isEmpty();
        assertThat(texts(cache(NOW), accessions(1, 2))).isEqualTo(Map.of(accession(2), "plain2"));
    }

    @Test
    void whateverByteIsChangedNoWrongAnswerComesOut() throws IOException {
        write(cache(NOW), NOW, "a", 1, 2);
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) 0x41;
            Files.write(file, changed);

            assertThat(texts(cache(NOW), accessions(1, 2))).as("byte %d", at).isEmpty();
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThat(find(cache(NOW), accessions(1, 2)).blocks())
                    .as("cut to %d", length)
                    .isEmpty();
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThat(find(cache(NOW), accessions(1, 2)).blocks()).isEmpty();
        Files.write(file, whole);
        assertThat(texts(cache(NOW), accessions(1, 2))).hasSize(2);
    }

    @Test
    void manyAdditionsBecomeFewFiles() throws IOException {
        int days = 150;
        int ofADay = 10;
        Map<String, String> expected = new TreeMap<>();
        for (int day = 0; day < days; day++) {
            int[] today = new int[ofADay];
            for (int i = 0; i < ofADay; i++) {
                // Some are fetched again.
                today[i] = (day * 7919 + i * 104_729) % 1200;
                expected.put(accession(today[i]), day + "-" + today[i]);
            }
            write(cache(NOW.plusSeconds(day)), NOW.plusSeconds(day), day + "-", today);
        }

        IdentifierCache cache = cache(NOW.plusSeconds(days));
        String[] all = expected.keySet().toArray(String[]::new);
        assertThat(files()).hasSizeLessThan(4 * SegmentMerger.FAN_IN);
        assertThat(find(cache, all).missing()).isEmpty();
        // Blocks of a few answers were made one.
        assertThat(find(cache, all).blocks()).hasSizeLessThan(4 * SegmentMerger.FAN_IN);
        assertThat(texts(cache, all)).isEqualTo(expected);
    }

    @Test
    void largeBlocksAreCopiedAndThoseWithoutLiveAnswersAreNot() throws IOException {
        String large = "x".repeat(SegmentWriter.BLOCK);
        for (int i = 0; i < SegmentMerger.FAN_IN; i++) {
            write(cache(NOW.plusSeconds(i)), NOW.plusSeconds(i), large + i, 1, 2);
        }

        IdentifierCache cache = cache(NOW.plusSeconds(60));
        String last = large + (SegmentMerger.FAN_IN - 1);
        assertThat(Files.size(onlyFile())).isLessThan(3L * SegmentWriter.BLOCK);
        assertThat(find(cache, accessions(1, 2)).blocks()).hasSize(2);
        assertThat(texts(cache, accessions(1, 2))).isEqualTo(Map.of(accession(1), last + 1, accession(2), last + 2));
    }

    @Test
    void aBlockThatIsMergedAwayIsFoundInItsNewPlace() throws IOException {
        write(cache(NOW), NOW, "a", 1);
        Found before = find(cache(NOW), accession(1));
        for (int i = 2; i <= SegmentMerger.FAN_IN; i++) {
            write(cache(NOW.plusMillis(i)), NOW, "a", i);
        }

        assertThat(cache(NOW).read(before.blocks().get(0))).isEmpty();
        assertThat(texts(cache(NOW), accession(1))).isEqualTo(Map.of(accession(1), "a1"));
    }

    @Test
    void damagedFilesDoNotKeepOthersFromBeingMerged() throws IOException {
        for (int i = 1; i < SegmentMerger.FAN_IN; i++) {
            write(cache(NOW.plusMillis(i)), NOW, "a", i);
            if (i < 3) {
                Files.write(files().get(i - 1), new byte[] {1, 2, 3});
            }
        }
        for (int i = SegmentMerger.FAN_IN; i < 5 * SegmentMerger.FAN_IN; i++) {
            write(cache(NOW.plusMillis(i)), NOW, "a", i);
        }

        assertThat(files()).hasSizeLessThan(2 * SegmentMerger.FAN_IN);
        assertThat(texts(cache(NOW), accessions(5, 20, 39))).hasSize(3);
    }

    @Test
    @Timeout(60)
    void writersAndReadersAtOnceLoseNothing() throws Exception {
        int writers = 4;
        int batches = 25;
        ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int first = writer * batches;
                Callable<Void> task = () -> {
                    for (int i = first; i < first + batches; i++) {
                        write(cache(NOW), NOW, "a", i);
                    }
                    return null;
                };
                all.add(threads.submit(task));
            }
            Callable<Void> reader = () -> {
                while (!all.stream().allMatch(Future::isDone)) {
                    texts(cache(NOW), accession(1), accession(30), accession(60))
                            .forEach((key, text) -> assertThat(key).endsWith(text.substring(1) + ".1"));
                }
                return null;
            };
            Future<?> reading = threads.submit(reader);
            for (Future<?> one : all) {
                one.get();
            }
            reading.get();
        } finally {
            threads.shutdownNow();
        }
        String[] every = accessions(IntStream.range(0, writers * batches).toArray());
        assertThat(texts(cache(NOW), every)).hasSize(writers * batches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"initialize", "list", "open", "create", "write", "close", "rename", "delete"})
    @Timeout(60)
    void whateverFailsOrHangsNothingComesOutOfHere(String step) throws IOException {
        write(cache(NOW), NOW, "a", 1);
        for (boolean hangs : new boolean[] {false, true}) {
            FailingFileSystem.begin(step, hangs);
            try {
                Configuration hadoop = hadoop();
                hadoop.set("fs.file.impl", FailingFileSystem.class.getName());
                CacheSettings settings = new CacheSettings(
                        directory.toString(),
                        Duration.ofDays(7),
                        CacheMode.NORMAL,
                        null,
                        new SerializableConfiguration(hadoop));
                IdentifierCache cache = new IdentifierCache(
                        settings,
                        SCOPE,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        new FileSystemGuard(directory + step + hangs, Duration.ofMillis(hangs ? 50 : 60_000)));
                texts(cache, accessions(1, 2));
                for (int i = 0; i < 2 * SegmentMerger.FAN_IN; i++) {
                    write(cache, NOW, "b", 100 + i);
                }
            } finally {
                FailingFileSystem.end();
            }
        }
        assertThat(texts(cache(NOW), accession(1))).isEqualTo(Map.of(accession(1), "a1"));
    }
}
