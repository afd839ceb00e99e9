package io.github.sparkncbigene.http;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.http.PermittedExecutor.TurnMissedException;
import io.github.sparkncbigene.rate.RateGate;
import io.github.sparkncbigene.service.Answer;
import io.github.sparkncbigene.service.FirstContact;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.Progress;
import io.github.sparkncbigene.service.RequestSender;
import io.github.sparkncbigene.service.ServiceConfig;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** The gene service over HTTP, for one task. Closing it ends its open requests. */
final class HttpGeneService implements RequestSender {
    private static final String API_KEY_HEADER = "api-key";
    private static final String NEXT_PAGE_TOKEN_HEADER = "X-Ncbi-Next-Page-Token";
    private static final String TOTAL_COUNT_HEADER = "X-Ncbi-Total-Count";
    private static final Pattern TOTAL_COUNT = Pattern.compile("[0-9]{1,18}");
    private static final String REQUEST_ID_HEADER = "Ncbi-Phid";
    private static final Pattern ABOUT_THE_KEY = Pattern.compile("(?i)\\bapi[ _-]?key\\b");
    /** Largest response in bytes: a response is held in memory, and copied once. */
    private static final long LARGEST_IN_MEMORY = Runtime.getRuntime().maxMemory() / 4;

    private static final Duration PAUSE_WITHOUT_RETRY_AFTER = Duration.ofSeconds(1);

    private final ServiceConfig config;
    private final SharedClient.Lease shared;
    private final FirstContact contact;
    private final Tally tally;
    private final Set<HttpUriRequestBase> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param contact records the host's responses
     * @param tally counts requests, bytes, and their time
     */
    HttpGeneService(ServiceConfig config, SharedClient.Lease shared, FirstContact contact, Tally tally) {
        this.contact = contact;
        this.tally = tally;
        this.config = config;
        this.shared = shared;
    }

    @Override
    public Answer ask(GeneRequest request, Progress progress) throws ServiceException, InterruptedException {
        while (true) {
            long start = System.nanoTime();
            try (RateGate.Turn turn = shared.gate().awaitTurn()) {
                tally.add(Counter.RATE_WAIT, System.nanoTime() - start);
                progress.hasItsTurn();
                return send(request, turn, progress);
            } catch (TurnMissedException e) {
                // The service has demanded a pause in the meantime: wait for another permit.
            }
        }
    }

    private Answer send(GeneRequest request, RateGate.Turn turn, Progress progress)
            throws ServiceException, InterruptedException, TurnMissedException {
        HttpUriRequestBase message = message(request);
        contact.requested();
        HttpClientContext context = HttpClientContext.create();
        Exchange exchange = new Exchange(request, message, context, turn, progress);
        config.proxy().authenticate(context);
        context.setAttribute(PermittedExecutor.TURN, turn);
        context.setAttribute(PermittedExecutor.PATH, path(request));
        context.setAttribute(PermittedExecutor.SENT, (LongConsumer) exchange::isSent);
        underWay.add(message);
        try {
            if (closed) {
                throw new InterruptedException("the reader is closed");
            }
            exchange.start();
            Answer answer = shared.client().execute(message, context, exchange::read);
            if (exchange.trouble != null) {
                throw exchange.trouble;
            }
            return answer;
        } catch (TurnMissedException e) {
            throw e;
        } catch (RuntimeException e) {
            // HttpClient throws one, not always the same, if a request is cancelled between two of its steps.
            if (!message.isCancelled()) {
                throw e;
            }
            throw exchange.cancelled(e);
        } catch (IOException e) {
            if (exchange.trouble != null
                    || closed
                    || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException))) {
                throw exchange.cancelled(e);
            }
            ConnectionFailure failure = ConnectionFailure.of(e);
            if (exchange.sent == 0 && (failure.isTimeout() || failure.isNoConnection())) {
                failure = new ConnectionFailure(exchange.unsent(), failure.words());
            }
            throw new ServiceException(
                    failure.isTimeout() ? Kind.TIMEOUT : whenUnreachable(failure),
                    new NcbiGeneException(
                            ErrorCode.SERVICE_UNREACHABLE,
                            unreachable(request, config.hidden(failure.words()), failure.cause()),
                            config.hidden(e)));
        } finally {
            underWay.remove(message);
            exchange.end();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            underWay.forEach(HttpUriRequestBase::cancel);
            shared.close();
        }
    }

    private HttpUriRequestBase message(GeneRequest request) {
        // The HTTP client logs the address at DEBUG: it is told the one that may be shown.
        URI address = URI.create(config.baseUrl() + hiddenPath(request));
        HttpUriRequestBase message = request.isPost() ? new HttpPost(address) : new HttpGet(address);
        message.setHeader("Accept", request.accept());
        message.setHeader("Accept-Encoding", "gzip");
        config.apiKey().ifPresent(key -> message.setHeader(API_KEY_HEADER, key.reveal()));
        if (request.isPost()) {
            message.setEntity(new StringEntity(request.body(), ContentType.APPLICATION_JSON));
        }
        return message;
    }

    private String shown(GeneRequest request) {
        return (request.isPost() ? "POST " : "GET ") + shortened(config.baseUrl() + hiddenPath(request));
    }

    /** A page token is a text of the service, which may repeat the key. */
    private String hiddenPath(GeneRequest request) {
        String path = request.pathAndQuery();
        return path.contains("page_token=") ? config.hidden(path) : path;
    }

    /** The path as it is sent. */
    private String path(GeneRequest request) {
        URI address = URI.create(config.baseUrl() + request.pathAndQuery());
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    private static String shortened(String address) {
        return address.length() <= 300 ? address : address.substring(0, 297) + "...";
    }

    private String unreachable(GeneRequest request, String why, ConnectionFailure.Cause cause) {
        boolean proxyToBlame = config.proxy().named().isPresent() && cause.isOnTheWay();
        String remedy = proxyToBlame ? "Check proxy_address, and that the proxy runs. " : cause.remedy();
        return "No answer from " + shown(request)
                + config.proxy()
                        .named()
                        .map(proxy -> " through the proxy " + proxy)
                        .orElse("")
                + ": " + why + ". " + remedy + "Check base_url and that this machine may reach it.";
    }

    /** A certificate does not change soon, but one of several machines behind a name may have a wrong one. */
    private Kind whenUnreachable(ConnectionFailure failure) {
        return failure.isCertificate() && !contact.hasAnswered() ? Kind.PERMANENT : Kind.TRANSIENT;
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return Optional.ofNullable(header).map(Header::getValue).filter(value -> !value.isBlank());
    }

    private static OptionalLong totalCount(ClassicHttpResponse response) {
        String count = header(response, TOTAL_COUNT_HEADER).orElse("").strip();
        return TOTAL_COUNT.matcher(count).matches() ? OptionalLong.of(Long.parseLong(count)) : OptionalLong.empty();
    }

    /** One request and its response. */
    private final class Exchange {
        private final GeneRequest request;
        private final HttpUriRequestBase message;
        private final HttpClientContext context;
        private final RateGate.Turn turn;
        private final Progress progress;
        private volatile ServiceException trouble;
        private volatile long sent;
        private Future<?> wholeTimer;
        private volatile Future<?> connectTimer;

        Exchange(
                GeneRequest request,
                HttpUriRequestBase message,
                HttpClientContext context,
                RateGate.Turn turn,
                Progress progress) {
            this.request = request;
            this.message = message;
            this.context = context;
            this.turn = turn;
            this.progress = progress;
        }

        /** Starts the timers that end the exchange. */
        void start() {
            wholeTimer = ExchangeTimer.after(config.requestTimeout(), this::tooLong);
            if (!contact.hasAnswered()) {
                // In tenths of a second, for the message.
                Duration left = Duration.ofMillis(100 * Math.round(Math.max(0, contact.left()) / 1e8));
                connectTimer = ExchangeTimer.after(left, () -> notConnected(left));
            }
        }

        private void tooLong() {
            cut(
                    // If not even the request was sent, its size is not the cause.
                    sent == 0 ? Kind.TRANSIENT : Kind.TIMEOUT,
                    ErrorCode.SERVICE_UNREACHABLE,
                    "The answer from " + shown(request) + " took longer than request_timeout = "
                            + Durations.seconds(config.requestTimeout())
                            + ". Lower batch_size, or raise request_timeout.");
        }

        private void notConnected(Duration after) {
            if (sent == 0) {
                cut(
                        Kind.TRANSIENT,
                        ErrorCode.SERVICE_UNREACHABLE,
                        unreachable(
                                request,
                                (isTlsBegun() ? "no end of the TLS handshake within " : "no connection within ")
                                        + Durations.seconds(after),
                                unsent()));
            }
        }

        /** Why a request was not sent in time. */
        ConnectionFailure.Cause unsent() {
            return isTlsBegun() ? ConnectionFailure.Cause.SLOW_TLS : ConnectionFailure.Cause.NO_CONNECTION;
        }

        private boolean isTlsBegun() {
            return context.getAttribute(ObservedTls.BEGUN) != null;
        }

        /** @param waited nanoseconds that the request waited for its permit */
        void isSent(long waited) {
            if (connectTimer != null) {
                connectTimer.cancel(false);
            }
            tally.add(Counter.RATE_WAIT, waited);
            tally.count(Counter.TURNS);
            tally.count(Counter.REQUESTS);
            sent = System.nanoTime();
        }

        /**
         * Returns the exception for a request that was cancelled by {@link #close}.
         *
         * @throws ServiceException if it was cancelled by {@link #cut} instead
         */
        InterruptedException cancelled(Exception e) throws ServiceException {
            if (trouble != null) {
                throw trouble;
            }
            return (InterruptedException) new InterruptedException("the reader is closed").initCause(e);
        }

        /** Ends the exchange: nothing more will arrive. */
        void end() {
            Stream.of(wholeTimer, connectTimer).filter(Objects::nonNull).forEach(timer -> timer.cancel(false));
            if (sent != 0) {
                tally.add(Counter.RESPONSE_TIME, System.nanoTime() - sent);
            }
        }

        /** Reads a response; returns null on failure. */
        Answer read(ClassicHttpResponse response) throws IOException {
            if (sent == 0) {
                // Only a proxy responds before the request is sent, when it refuses to connect to the service.
                trouble = refusedByProxy(response.getCode());
                return null;
            }
            contact.heard();
            turn.observe(header(response, "X-RateLimit-Limit"), header(response, "X-RateLimit-Remaining"));
            int status = response.getCode();
            Optional<String> token = header(response, NEXT_PAGE_TOKEN_HEADER);
            if (status == 200) {
                token.ifPresent(progress::nextPageToken);
            }
            byte[] bytes = bytes(response.getEntity());
            ContentEncoding encoding = ContentEncoding.of(
                    Stream.of(response.getHeaders("Content-Encoding")).map(Header::getValue));
            Answer answer = new Answer(
                    shown(request),
                    token,
                    header(response, REQUEST_ID_HEADER).map(config::hidden),
                    totalCount(response),
                    encoding.gzip(),
                    bytes,
                    config.maxDecodedBytes(),
                    config.redactor(),
                    Answer.now());
            String contentType = header(response, "Content-Type").orElse("").toLowerCase(Locale.ROOT);
            boolean webPage = contentType.startsWith("text/html") || answer.isWebPage();
            if ((status == 200 && webPage) || status == 511) {
                trouble = webPage(answer);
                contact.webPage();
                return null;
            }
            if (status == 407) {
                trouble = refusedByProxy(status);
                return null;
            }
            if (status / 100 != 3) {
                contact.answered();
            }
            if (status != 200) {
                trouble = status >= 300 && status < 400
                        ? redirected(status, answer, header(response, "Location"))
                        : refused(status, answer, webPage, RetryAfter.parse(header(response, "Retry-After")));
            } else if (encoding.unknown().isPresent()) {
                trouble = encoded(answer, encoding.unknown().get());
            }
            return trouble == null ? answer : null;
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
                    tally.add(Counter.BYTES_RECEIVED, n);
                    if (bytes.size() > config.maxResponseBytes()) {
                        throw cut(
                                Kind.TOO_LARGE,
                                ErrorCode.RESPONSE_TOO_LARGE,
                                "The answer from " + shown(request) + " is larger than max_response_bytes = "
                                        + config.maxResponseBytes()
                                        + ". Lower page_size, or raise max_response_bytes.");
                    }
                    if (bytes.size() > LARGEST_IN_MEMORY) {
                        throw cut(
                                Kind.TOO_LARGE,
                                ErrorCode.RESPONSE_TOO_LARGE,
                                "The answer from " + shown(request) + " is larger than a quarter of this JVM's"
                                        + " memory, " + LARGEST_IN_MEMORY
                                        + " bytes. Lower page_size, or give the JVM more memory.");
                    }
                }
            }
            return bytes.toByteArray();
        }

        /**
         * Closes the connection. Closing the response's stream instead would read it to its end, which may never come.
         */
        private IOException cut(Kind kind, ErrorCode code, String words) {
            if (trouble == null) {
                trouble = trouble(kind, code, "", words);
            }
            message.cancel();
            return new IOException(words);
        }

        private ServiceException encoded(Answer answer, String encoding) {
            return trouble(
                    Kind.TRANSIENT,
                    ErrorCode.BAD_RESPONSE,
                    "",
                    "The response from " + answer.reference() + " has the Content-Encoding '"
                            + config.hidden(Quoted.of(encoding))
                            + "', but only gzip was requested. Check that no proxy recodes what the service sends.");
        }

        private ServiceException webPage(Answer answer) {
            return trouble(
                    Kind.TRANSIENT,
                    ErrorCode.BAD_RESPONSE,
                    "",
                    "The answer from " + answer.reference() + " is a web page, not a report: '"
                            + ErrorBody.of(answer, config::hidden).message()
                            + "'. Check that base_url is the gene service and that no"
                            + " proxy or log-in page answers in its place.");
        }

        private ServiceException refusedByProxy(int status) {
            String proxy = config.proxy().named().orElse("of Java's settings");
            if (status == 407) {
                return trouble(
                        Kind.PERMANENT,
                        ErrorCode.SERVICE_UNREACHABLE,
                        "",
                        "The proxy " + proxy + " wants a user name and a password for " + shown(request)
                                + ", or other ones. Check proxy_username and proxy_password.");
            }
            return trouble(
                    Kind.TRANSIENT,
                    ErrorCode.SERVICE_UNREACHABLE,
                    "",
                    "The proxy " + proxy + " does not connect to the service for " + shown(request) + ": status "
                            + status + ". Check base_url, and that the proxy may reach it.");
        }

        private ServiceException refused(int status, Answer answer, boolean webPage, Optional<Duration> retryAfter) {
            String said = ErrorBody.of(answer, config::hidden).message();
            String words = "Status " + status + " from " + answer.reference()
                    + (said.isEmpty() ? ", without a message." : ": '" + said + "'.");
            boolean willRetry = status == 408 || status == 429 || (status >= 500 && status != 501);
            if (status == 429 || (willRetry && retryAfter.isPresent())) {
                turn.pause(retryAfter.orElse(PAUSE_WITHOUT_RETRY_AFTER), status == 429);
            }
            if (status == 429) {
                return trouble(
                        Kind.TRANSIENT,
                        ErrorCode.RATE_LIMITED,
                        said,
                        words + " The rate limit is exceeded: wait, or give an api_key; other jobs behind the same"
                                + " address count too.");
            }
            if (status >= 500) {
                return trouble(
                        afterServerError(status, said),
                        ErrorCode.SERVICE_FAILED,
                        said,
                        words + " Try again later; NCBI's support wants the request id.");
            }
            if (isAboutTheKey(status, said)) {
                return trouble(
                        Kind.PERMANENT,
                        ErrorCode.REQUEST_REFUSED,
                        said,
                        words
                                + (config.apiKey().isPresent()
                                        ? " Check api_key, or read without one;"
                                        : " The service may want an api_key;")
                                + " NCBI also blocks addresses that have asked too often.");
            }
            return trouble(
                    // The service's own errors are JSON: a web page is a gateway's, and not about identifiers.
                    status == 400 && webPage ? Kind.PERMANENT : afterClientError(status),
                    ErrorCode.REQUEST_REFUSED,
                    said,
                    words + " Check base_url and what was asked for.");
        }

        /** Returns true if a refusal is only about the API key, which must not count as a rejection of identifiers. */
        private boolean isAboutTheKey(int status, String said) {
            return status == 401
                    || status == 403
                    || (status == 400
                            && config.apiKey().isPresent()
                            && ABOUT_THE_KEY.matcher(said).find());
        }

        private ServiceException redirected(int status, Answer answer, Optional<String> location) {
            return trouble(
                    Kind.PERMANENT,
                    ErrorCode.REQUEST_REFUSED,
                    "",
                    "Status " + status + " from " + answer.reference() + ": it redirects"
                            + location.map(to -> " to '" + shortened(config.hidden(to)) + "'")
                                    .orElse("")
                            + ". Redirects are not followed, since they would take the api_key along."
                            + " Check base_url, and that no proxy or log-in page answers in its place.");
        }

        private Kind afterServerError(int status, String said) {
            if (status == 501) {
                return Kind.PERMANENT;
            }
            return status == 504 || said.toLowerCase(Locale.ROOT).contains("timed out") ? Kind.TIMEOUT : Kind.TRANSIENT;
        }

        private Kind afterClientError(int status) {
            return switch (status) {
                case 400 -> Kind.REJECTED;
                case 408 -> Kind.TIMEOUT;
                case 413, 414, 431 -> Kind.TOO_LARGE;
                default -> Kind.PERMANENT;
            };
        }

        private ServiceException trouble(Kind kind, ErrorCode code, String said, String message) {
            return new ServiceException(kind, new NcbiGeneException(code, message), said);
        }
    }
}
