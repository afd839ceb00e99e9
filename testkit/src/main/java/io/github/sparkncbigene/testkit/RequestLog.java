package io.github.sparkncbigene.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The requests that the service received; at most the last ten thousand. */
public final class RequestLog {
    private static final int MOST = 10_000;

    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    private volatile Consumer<RecordedRequest> listener = request -> {};

    RequestLog() {}

    /** Returns all requests in the order of their arrival, each with its response so far. */
    public List<RecordedRequest> all() {
        List<Exchange> copy;
        synchronized (this) {
            copy = new ArrayList<>(exchanges);
        }
        return copy.stream().map(Exchange::snapshot).toList();
    }

    /** Returns the matching requests. */
    public List<RecordedRequest> matching(Predicate<RecordedRequest> wanted) {
        return all().stream().filter(wanted).toList();
    }

    /** Returns the number of requests. */
    public synchronized int size() {
        return exchanges.size();
    }

    /** Removes all requests. */
    public synchronized void clear() {
        exchanges.clear();
    }

    /** Returns the largest number of requests that arrived within one second. */
    public int peakPerSecond() {
        return peakWithin(Duration.ofSeconds(1));
    }

    /** Returns the largest number of requests that arrived within any span of that length (its end not included). */
    public int peakWithin(Duration span) {
        long[] arrivals =
                all().stream().mapToLong(RecordedRequest::arrivedNanos).sorted().toArray();
        int peak = 0;
        int first = 0;
        for (int last = 0; last < arrivals.length; last++) {
            while (arrivals[last] - arrivals[first] >= span.toNanos()) {
                first++;
            }
            peak = Math.max(peak, last - first + 1);
        }
        return peak;
    }

    /**
     * Returns the largest number of requests that were waiting for a response, or for the rest of one, at the same
     * time.
     */
    public int peakInFlight() {
        List<long[]> changes = new ArrayList<>();
        for (RecordedRequest request : all()) {
            changes.add(new long[] {request.arrivedNanos(), 1});
            if (request.completedNanos() != 0) {
                changes.add(new long[] {request.completedNanos(), -1});
            }
        }
        changes.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
        int peak = 0;
        int inFlight = 0;
        for (long[] change : changes) {
            inFlight += (int) change[1];
            peak = Math.max(peak, inFlight);
        }
        return peak;
    }

    /** Calls the consumer with each request whose response is complete. */
    void onCompleted(Consumer<RecordedRequest> consumer) {
        listener = consumer;
    }

    synchronized void add(Exchange exchange) {
        exchanges.add(exchange);
        if (exchanges.size() > MOST) {
            exchanges.remove();
        }
    }

    void completed(Exchange exchange) {
        exchange.completed();
        listener.accept(exchange.snapshot());
    }
}
