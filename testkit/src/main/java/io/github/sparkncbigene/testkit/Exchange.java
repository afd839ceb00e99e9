package io.github.sparkncbigene.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request and its response in progress. */
final class Exchange {
    private final RecordedRequest arrived;
    private volatile int status;
    private volatile int reports;
    private volatile long bytesSent;
    private volatile long completedNanos;
    private volatile Fault fault;

    Exchange(
            long sequence,
            Instant instant,
            long nanos,
            String method,
            String rawPath,
            String path,
            Map<String, List<String>> parameters,
            Map<String, List<String>> headers,
            ApiKeyTrace apiKey,
            String body,
            List<String> ids) {
        this.arrived = new RecordedRequest(
                sequence,
                instant,
                nanos,
                method,
                rawPath,
                path,
                parameters,
                headers,
                apiKey,
                body,
                ids,
                0,
                0,
                0,
                0,
                Optional.empty());
    }

    /** Returns the request as it arrived. */
    RecordedRequest request() {
        return arrived;
    }

    /** Returns the request with everything known so far. */
    RecordedRequest snapshot() {
        return new RecordedRequest(
                arrived.sequence(),
                arrived.arrived(),
                arrived.arrivedNanos(),
                arrived.method(),
                arrived.rawPath(),
                arrived.path(),
                arrived.parameters(),
                arrived.headers(),
                arrived.apiKey(),
                arrived.body(),
                arrived.ids(),
                status,
                reports,
                bytesSent,
                completedNanos,
                Optional.ofNullable(fault).map(Fault::name));
    }

    void struckBy(Fault struck) {
        fault = struck;
    }

    void answered(int withStatus, int withReports) {
        status = withStatus;
        reports = withReports;
    }

    // Only one thread at a time writes a response.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void sent(long bytes) {
        bytesSent += bytes;
    }

    /** Called before the last bytes are sent, so that a client that has the response finds it complete here. */
    void completed() {
        if (completedNanos == 0) {
            completedNanos = System.nanoTime();
        }
    }
}
