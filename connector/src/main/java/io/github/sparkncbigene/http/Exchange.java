package io.github.sparkncbigene.http;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.service.FirstContact;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ResponseBody;
import io.github.sparkncbigene.service.ResponseHead;
import io.github.sparkncbigene.service.ServiceConfig;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** One request and its response: reads it, limits its time and size, and keeps the failure if there is one. */
final class Exchange implements PermittedExecutor.Observer {
    private static final String NEXT_PAGE_TOKEN_HEADER = "X-Ncbi-Next-Page-Token";
    private static final String TOTAL_COUNT_HEADER = "X-Ncbi-Total-Count";
    private static final Pattern TOTAL_COUNT = Pattern.compile("[0-9]{1,18}");
    private static final String REQUEST_ID_HEADER = "Ncbi-Phid";
    /** Largest response in bytes: a response is held in memory, and copied once. */
    private static final long LARGEST_IN_MEMORY = Runtime.getRuntime().maxMemory() / 4;

    private final ServiceConfig config;
    private final HttpFailures failures;
    private final FirstContact contact;
    private final TaskCounters counters;
    private final PermittedRequest request;
    private volatile ServiceException failure;
    private volatile boolean connected;
    private volatile long sent;
    private Future<?> wholeTimer;
    private volatile Future<?> connectTimer;

    Exchange(
            ServiceConfig config,
            HttpFailures failures,
            FirstContact contact,
            TaskCounters counters,
            PermittedRequest request) {
        this.config = config;
        this.failures = failures;
        this.contact = contact;
        this.counters = counters;
        this.request = request;
    }

    /** Starts the timers that end the exchange. */
    void start() {
        wholeTimer = ExchangeTimer.after(config.requestTimeout(), this::tooLong);
        if (!contact.hasConnected()) {
            // In tenths of a second, for the message.
            Duration left = Duration.ofMillis(100 * Math.round(Math.max(0, contact.left()) / 1e8));
            connectTimer = ExchangeTimer.after(left, () -> notConnected(left));
        }
    }

    private void tooLong() {
        // If not even the request was sent, its size is not the cause.
        cut(failures.slow(sent == 0 ? Kind.TRANSIENT : Kind.TIMEOUT));
    }

    private void notConnected(Duration after) {
        if (!connected && !contact.hasConnected()) {
            cut(failures.notConnected(after, unsent()));
        }
    }

    /** Returns the reason for a request that was not sent in time. */
    ConnectionFailure.Cause unsent() {
        boolean tlsBegun = request.context().getAttribute(ObservedTls.BEGUN) != null;
        return tlsBegun ? ConnectionFailure.Cause.SLOW_TLS : ConnectionFailure.Cause.NO_CONNECTION;
    }

    /** Returns the failure of the exchange; null if there is none. */
    ServiceException failure() {
        return failure;
    }

    boolean isFailed() {
        return failure != null;
    }

    boolean isSent() {
        return sent != 0;
    }

    @Override
    public void connected() {
        connected = true;
        contact.connected();
        if (connectTimer != null) {
            connectTimer.cancel(false);
        }
    }

    /** Counts the request. */
    @Override
    public void sent(long waited) {
        counters.add(Counter.RATE_WAIT, waited);
        counters.count(Counter.TURNS);
        counters.count(Counter.REQUESTS);
        contact.sent();
        sent = System.nanoTime();
    }

    /**
     * Returns the exception for a request that was cancelled by {@link HttpGeneService#close}.
     *
     * @throws ServiceException if it was cancelled by {@link #cut} instead
     */
    InterruptedException cancelled(Exception e) throws ServiceException {
        if (failure != null) {
            throw failure;
        }
        return (InterruptedException) new InterruptedException("the reader is closed").initCause(e);
    }

    /** Ends the exchange: nothing more will arrive. */
    void end() {
        Stream.of(wholeTimer, connectTimer).filter(Objects::nonNull).forEach(timer -> timer.cancel(false));
        if (sent != 0) {
            contact.ended();
            counters.add(Counter.RESPONSE_TIME, System.nanoTime() - sent);
        }
    }

    /** Reads a response; returns null on failure. */
    Response read(ClassicHttpResponse received) throws IOException {
        if (sent == 0) {
            // Only a proxy responds before the request is sent, when it refuses to connect to the service.
            failure = failures.refusedByProxy(received.getCode());
            return null;
        }
        contact.heard();
        request.permit().observe(header(received, "X-RateLimit-Limit"), header(received, "X-RateLimit-Remaining"));
        int status = received.getCode();
        Optional<String> token = header(received, NEXT_PAGE_TOKEN_HEADER);
        if (status == 200) {
            token.ifPresent(request.progress()::nextPageToken);
        }
        if (status >= 400 && status != 407 && status != 511) {
            contact.responded();
        }
        boolean mayPass = status == 429 || status >= 500;
        // Before the body, which may come late or not at all.
        ResponseStatus.pause(status, RetryAfter.parse(header(received, "Retry-After")))
                .ifPresent(pause -> request.permit().pause(pause.length(), pause.isOfRateLimit()));
        byte[] bytes = mayPass ? bytesOfError(received.getEntity()) : bytes(received.getEntity());
        ContentEncoding encoding = ContentEncoding.of(
                Stream.of(received.getHeaders("Content-Encoding")).map(Header::getValue));
        Response response = new Response(
                new ResponseHead(
                        failures.shown(),
                        token,
                        header(received, REQUEST_ID_HEADER).map(config::hidden),
                        totalCount(received),
                        ResponseHead.now()),
                new ResponseBody(bytes, encoding.gzip(), config.maxDecodedBytes()),
                config.redactor());
        String contentType = header(received, "Content-Type").orElse("").toLowerCase(Locale.ROOT);
        boolean webPage = contentType.startsWith("text/html") || response.isWebPage();
        if ((status == 200 && webPage) || status == 511) {
            failure = failures.webPage(response);
            contact.webPage();
            return null;
        }
        if (status == 407) {
            failure = failures.refusedByProxy(status);
            return null;
        }
        if (status / 100 == 2) {
            contact.responded();
        }
        if (status != 200) {
            ResponseStatus said = new ResponseStatus(
                    status,
                    response.reference(),
                    webPage,
                    ErrorBody.of(response, config::hidden).message());
            failure = said.failure(
                    config.apiKey().isPresent(), header(received, "Location").map(config::hidden));
        } else if (encoding.unknown().isPresent()) {
            failure = failures.encoded(response, encoding.unknown().get());
        }
        return failure == null ? response : null;
    }

    /** Reads the body of an error, whose status counts also if the body is cut. */
    private byte[] bytesOfError(HttpEntity entity) throws IOException {
        try {
            return bytes(entity);
        } catch (IOException e) {
            if (failure != null || request.message().isCancelled()) {
                throw e;
            }
            return new byte[0];
        }
    }

    private byte[] bytes(HttpEntity entity) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        // Reads in pieces: a single growing array would be copied again and again, and a page may be 100 MB.
        ByteArrayBuilder bytes = new ByteArrayBuilder(1 << 14);
        byte[] buffer = new byte[1 << 14];
        try (InputStream body = entity.getContent()) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                bytes.write(buffer, 0, n);
                counters.add(Counter.BYTES_RECEIVED, n);
                if (bytes.size() > config.maxResponseBytes()) {
                    throw cut(failures.largerThanAllowed());
                }
                if (bytes.size() > LARGEST_IN_MEMORY) {
                    throw cut(failures.largerThanMemory(LARGEST_IN_MEMORY));
                }
            }
        }
        return bytes.toByteArray();
    }

    /**
     * Closes the connection. Closing the response's stream instead would read it to its end, which may never come.
     */
    private IOException cut(ServiceException why) {
        if (failure == null) {
            failure = why;
        }
        request.message().cancel();
        return new IOException(why.words());
    }

    private static Optional<String> header(ClassicHttpResponse received, String name) {
        Header header = received.getFirstHeader(name);
        return Optional.ofNullable(header).map(Header::getValue).filter(value -> !value.isBlank());
    }

    private static OptionalLong totalCount(ClassicHttpResponse received) {
        String count = header(received, TOTAL_COUNT_HEADER).orElse("").strip();
        return TOTAL_COUNT.matcher(count).matches() ? OptionalLong.of(Long.parseLong(count)) : OptionalLong.empty();
    }
}
