package io.github.sparkncbigene.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.read.ReadProgress.Part;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReadProgressTest {
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private long now = -5;

    private ReadProgress progress(long ofQuery) {
        return new ReadProgress(ofQuery, () -> now, later::add, log::add);
    }

    /** Lets the interval go by; whether anything was waiting for it. */
    private boolean interval() {
        now += ReadProgress.INTERVAL.toNanos();
        Runnable next = later.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    @Test
    void aShortReadSaysNothing() {
        ReadProgress progress = progress(100);
        Part part = progress.begin(Optional.of(IdentifierKind.ACCESSION), 100, new TaskCounters());
        part.read(100);
        part.end(true);

        assertThat(interval()).isTrue();
        assertThat(interval()).isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    void aLongReadSaysHowFarItIsEveryHalfMinute() {
        TaskCounters counters = new TaskCounters();
        Part part = progress(100_000).begin(Optional.of(IdentifierKind.ACCESSION), 100_000, counters);
        counters.add(Counter.REQUESTS, 3);
        counters.add(Counter.RETRIES, 3);
        interval();
        part.read(9_000);
        counters.add(Counter.REQUESTS, 9);
        interval();

        assertThat(log)
                .containsExactly(
                        "Read 0 of 100,000 accessions in 30.0 s; requests: 3, repeated: 3.",
                        "Read 9,000 of 100,000 accessions in 1.0 min, 150 a second, about 10.1 min left; requests: 12,"
                                + " repeated: 3.");
        part.end(true);
        interval();
        assertThat(later).isEmpty();
        assertThat(log).hasSize(2);
    }

    @Test
    void theTasksOfAQuerySpeakWithOneVoice() {
        ReadProgress progress = progress(0);
        TaskCounters one = new TaskCounters();
        TaskCounters other = new TaskCounters();
        Part first = progress.begin(Optional.of(IdentifierKind.LOCUS_TAG), 60, one);
        Part second = progress.begin(Optional.of(IdentifierKind.LOCUS_TAG), 40, other);
        one.count(Counter.REQUESTS);
        other.count(Counter.REQUESTS);
        first.read(20);
        second.read(25);

        assertThat(later).hasSize(1);
        interval();
        assertThat(log)
                .containsExactly("Read 45 of 100 locus tags that were given to this executor in 30.0 s, 1.5 a second,"
                        + " about 36.7 s left; requests: 2, repeated: 0.");
    }

    @Test
    void betweenTwoTasksNothingIsForgotten() {
        ReadProgress progress = progress(100);
        Part first = progress.begin(Optional.of(IdentifierKind.ACCESSION), 50, new TaskCounters());
        first.read(50);
        first.end(true);
        first.end(true);
        interval();
        assertThat(log).isEmpty();
        assertThat(later).isEmpty();

        progress.begin(Optional.of(IdentifierKind.ACCESSION), 50, new TaskCounters())
                .read(10);
        interval();
        assertThat(log).singleElement().asString().startsWith("Read 60 of 100 accessions in 1.0 min, 1.0 a second");
    }

    @Test
    void whatATaskReadThatDidNotEndDoesNotCount() {
        ReadProgress progress = progress(50);
        Part failing = progress.begin(Optional.of(IdentifierKind.ACCESSION), 50, new TaskCounters());
        failing.read(30);
        failing.end(false);
        progress.begin(Optional.of(IdentifierKind.ACCESSION), 50, new TaskCounters())
                .read(25);
        interval();

        assertThat(log).singleElement().asString().startsWith("Read 25 of 50 accessions in 30.0 s");
    }

    @Test
    void ofAWholeTaxonReportsAreCounted() {
        TaskCounters counters = new TaskCounters();
        progress(0).begin(Optional.empty(), 0, counters);
        counters.add(Counter.REPORTS, 12_000);
        counters.add(Counter.REQUESTS, 13);
        interval();

        assertThat(log).containsExactly("Read 12,000 reports in 30.0 s, 400 a second; requests: 13, repeated: 0.");
    }

    @Test
    void aQuerysTasksFindTheSame() {
        UUID query = UUID.randomUUID();

        assertThat(ReadProgress.of(query, 5)).isSameAs(ReadProgress.of(query, 5));
        assertThat(ReadProgress.of(UUID.randomUUID(), 5)).isNotSameAs(ReadProgress.of(query, 5));
        assertThat(ReadProgress.INTERVAL).isEqualTo(Duration.ofSeconds(30));
    }
}
