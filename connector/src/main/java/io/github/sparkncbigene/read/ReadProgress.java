package io.github.sparkncbigene.read;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.counters.Unit;
import io.github.sparkncbigene.identifier.IdentifierKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of one query's tasks in this JVM. While one of them reads, the log reports the progress every half
 * minute.
 */
public final class ReadProgress {
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ReadProgress.class);
    private static final int REMEMBERED = 64;
    /** Kept for a while after a query's last task, because the next one may be about to start. */
    private static final Map<UUID, ReadProgress> QUERIES = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, ReadProgress> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final long ofQuery;
    private final LongSupplier nanoTime;
    private final Consumer<Runnable> later;
    private final Consumer<String> log;
    private final List<TaskCounters> tallies = new ArrayList<>();
    private Optional<IdentifierKind> kind = Optional.empty();
    private long begun;
    private long read;
    private long started;
    private int running;
    private boolean ticking;
    private boolean noticed;

    /**
     * @param ofQuery number of the query's identifiers, if this JVM reads all of them; otherwise 0
     * @param nanoTime the clock
     * @param later runs its argument after the interval
     */
    public ReadProgress(long ofQuery, LongSupplier nanoTime, Consumer<Runnable> later, Consumer<String> log) {
        this.ofQuery = ofQuery;
        this.nanoTime = nanoTime;
        this.later = later;
        this.log = log;
    }

    /** Returns true the first time that a task of the query calls it: a notice that is true of all is logged once. */
    synchronized boolean isFirstNotice() {
        boolean first = !noticed;
        noticed = true;
        return first;
    }

    /**
     * Returns the progress of a query in this JVM.
     *
     * @param ofQuery number of the query's identifiers, if this JVM reads all of them; otherwise 0
     */
    static ReadProgress of(UUID query, long ofQuery) {
        synchronized (QUERIES) {
            return QUERIES.computeIfAbsent(
                    query,
                    id -> new ReadProgress(
                            ofQuery,
                            System::nanoTime,
                            CompletableFuture.delayedExecutor(INTERVAL.toNanos(), TimeUnit.NANOSECONDS)::execute,
                            LOG::info));
        }
    }

    /** The progress of one task. */
    final class Part {
        private final long given;
        private long mine;
        private boolean ended;

        private Part(long given) {
            this.given = given;
        }

        /** Records identifiers that were read completely. */
        void read(int identifiers) {
            synchronized (ReadProgress.this) {
                mine += identifiers;
                read += identifiers;
            }
        }

        /** @param complete true if the task has read everything; if not, another attempt will */
        void end(boolean complete) {
            synchronized (ReadProgress.this) {
                if (!ended) {
                    ended = true;
                    running--;
                    read -= complete ? 0 : mine;
                    begun -= complete ? 0 : given;
                }
            }
        }
    }

    /**
     * Records the start of a task.
     *
     * @param ofThem kind of the identifiers; empty for a whole taxon
     * @param identifiers number of the task's identifiers
     */
    synchronized Part begin(Optional<IdentifierKind> ofThem, long identifiers, TaskCounters counters) {
        if (tallies.isEmpty()) {
            started = nanoTime.getAsLong();
        }
        kind = ofThem;
        tallies.add(counters);
        begun += identifiers;
        running++;
        if (!ticking) {
            ticking = true;
            later.accept(this::tick);
        }
        return new Part(identifiers);
    }

    private synchronized void tick() {
        ticking = running > 0;
        if (ticking) {
            log.accept(words(nanoTime.getAsLong() - started));
            later.accept(this::tick);
        }
    }

    private String words(long nanos) {
        boolean counted = kind.isPresent();
        long done = counted ? read : sum(Counter.REPORTS);
        long all = counted ? Math.max(ofQuery, begun) : 0;
        StringBuilder words = new StringBuilder("Read ").append(Unit.NUMBER.words(done));
        if (counted) {
            words.append(" of ").append(Unit.NUMBER.words(all));
        }
        words.append(' ').append(kind.map(one -> one.words() + "s").orElse("reports"));
        if (counted && ofQuery == 0) {
            words.append(" that were given to this executor");
        }
        words.append(" in ").append(Unit.NANOSECONDS.words(nanos));
        if (done > 0) {
            words.append(", ").append(rate(done * 1e9 / nanos));
            if (counted) {
                words.append(", about ")
                        .append(Unit.NANOSECONDS.words((long) ((double) nanos / done * (all - done))))
                        .append(" left");
            }
        }
        return words.append("; requests: ")
                .append(Unit.NUMBER.words(sum(Counter.REQUESTS)))
                .append(", repeated: ")
                .append(Unit.NUMBER.words(sum(Counter.RETRIES)))
                .append('.')
                .toString();
    }

    private long sum(Counter counter) {
        return tallies.stream().mapToLong(counters -> counters.get(counter)).sum();
    }

    private static String rate(double perSecond) {
        if (perSecond < 1) {
            return String.format(Locale.ROOT, "%.1f a minute", perSecond * 60);
        }
        return perSecond < 10
                ? String.format(Locale.ROOT, "%.1f a second", perSecond)
                : Unit.NUMBER.words(Math.round(perSecond)) + " a second";
    }
}
