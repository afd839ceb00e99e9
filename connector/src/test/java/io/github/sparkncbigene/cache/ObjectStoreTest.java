package io.github.sparkncbigene.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.options.CacheMode;
import io.github.sparkncbigene.segment.CachedIdentifier;
import io.github.sparkncbigene.segment.CachedReport;
import io.github.sparkncbigene.segment.SegmentMerger;
import io.github.sparkncbigene.service.Retrieval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On an object store each call is slow: the cache needs few of them, and none that a store lacks. */
class ObjectStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final IdentifierBatch ANY =
            new IdentifierBatch(IdentifierKind.ACCESSION, Identifiers.of(List.of()), List.of());

    /** Some 600 answers in a block. */
    private static final int JSON = 900;

    private final Random random = new Random(1);

    @TempDir
    Path directory;

    @BeforeEach
    void begin() {
        ObjectStoreFileSystem.calls();
    }

    /** As a task or the driver sees it. */
    private IdentifierCache cache(Instant now) {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.file.impl", ObjectStoreFileSystem.class.getName());
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
        CacheSettings settings = new CacheSettings(
                directory.toString(),
                Duration.ofDays(9999),
                CacheMode.NORMAL,
                null,
                new SerializableConfiguration(hadoop));
        return new IdentifierCache(
                settings, new CacheScope("gene-accession-1", "scope"), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static String accession(int i) {
        return String.format("NM_%09d.1", i);
    }

    private static Identifiers accessions(int from, int to) {
        return Identifiers.of(
                IntStream.range(from, to).mapToObj(ObjectStoreTest::accession).toList());
    }

    private void add(IdentifierCache.Batch batch, int i, Instant at) throws IOException {
        StringBuilder text = new StringBuilder(JSON);
        while (text.length() < JSON) {
            text.append(Integer.toString(random.nextInt(5000), Character.MAX_RADIX))
                    .append(' ');
        }
        byte[] json = ("{\"gene\":{\"description\":\"" + text + "\"}}").getBytes(StandardCharsets.UTF_8);
        CachedReport report = new CachedReport(json, new Retrieval("id", at));
        batch.add(new CachedIdentifier(
                accession(i),
                IdentifierCache.micros(at),
                report.from(),
                List.of(new CachedIdentifier.Hit(report, new byte[0])),
                new byte[0]));
    }

    /** One read that fetches: the driver looks, a task looks once more, writes, and tidies. */
    private void fetch(Instant now, int from, int to) throws IOException {
        Found found = cache(now).find(ANY, accessions(from, to), Set.of());
        try (IdentifierCache task = cache(now)) {
            assertThat(task.find(ANY, found.missing(), found.files()).missing()).hasSize(to - from);
            IdentifierCache.Batch batch = task.batch();
            for (int i = from; i < to; i++) {
                add(batch, i, now);
            }
            batch.finish();
            task.tidy();
        }
    }

    /** One read of what is cached, by one task; returns the number of its blocks. */
    private int read(Instant now, int to) {
        Found found = cache(now).find(ANY, accessions(0, to), Set.of());
        assertThat(found.missing()).isEmpty();
        try (IdentifierCache task = cache(now)) {
            for (CachedBlock block : found.blocks()) {
                assertThat(task.read(block).orElseThrow().keySet())
                        .containsAll(block.identifiers().identifiers());
            }
        }
        return found.blocks().size();
    }

    @Test
    void aWarmReadListsOnceAndOpensEachFileTwice() throws IOException {
        for (int file = 0; file < 3; file++) {
            fetch(NOW.plusSeconds(file), file * 2000, (file + 1) * 2000);
        }
        ObjectStoreFileSystem.calls();

        int blocks = read(NOW.plusSeconds(9), 6000);

        assertThat(blocks).isEqualTo(12);
        assertThat(ObjectStoreFileSystem.calls()).isEqualTo(Map.of("list", 1, "open", 6));
    }

    @Test
    void anAdditionListsThreeTimesAndWritesOneFile() throws IOException {
        fetch(NOW, 0, 100);
        ObjectStoreFileSystem.calls();

        fetch(NOW.plusSeconds(1), 100, 200);

        assertThat(ObjectStoreFileSystem.calls()).isEqualTo(Map.of("list", 3, "open", 1, "create", 1, "rename", 1));
    }

    @Test
    void aMergeOpensEachFileTwiceAndWritesOne() throws IOException {
        for (int file = 0; file < SegmentMerger.FAN_IN - 1; file++) {
            fetch(NOW.plusSeconds(file), file * 100, (file + 1) * 100);
        }
        ObjectStoreFileSystem.calls();

        int last = (SegmentMerger.FAN_IN - 1) * 100;
        fetch(NOW.plusSeconds(9), last, last + 100);

        // The addition that brings it about opens seven, lists three times, and writes a file.
        assertThat(ObjectStoreFileSystem.calls())
                .isEqualTo(Map.of("list", 3 + 1, "open", 7 + 2 * 8, "create", 1 + 1, "rename", 1 + 1, "delete", 8));
        read(NOW.plusSeconds(10), last + 100);
        assertThat(ObjectStoreFileSystem.calls()).isEqualTo(Map.of("list", 1, "open", 2));
    }

    @Test
    void dailyAdditionsNeedFewCalls() throws IOException {
        // More take long: -Dncbi.gene.additions=730.
        int days = Integer.getInteger("ncbi.gene.additions", 70);
        int ofADay = 100;
        for (int day = 0; day < days; day++) {
            fetch(NOW.plus(Duration.ofDays(day)), day * ofADay, (day + 1) * ofADay);
        }
        Map<String, Integer> written = ObjectStoreFileSystem.calls();
        read(NOW.plus(Duration.ofDays(days)), days * ofADay);
        Map<String, Integer> read = ObjectStoreFileSystem.calls();

        System.out.printf("%d additions: %s; then a read: %s%n", days, written, read);
        assertThat(read.get("list")).isEqualTo(1);
        assertThat(read.get("open")).isLessThan(2 * 4 * SegmentMerger.FAN_IN);
        assertThat(written.get("open")).isLessThan(days * 4 * SegmentMerger.FAN_IN);
    }
}
