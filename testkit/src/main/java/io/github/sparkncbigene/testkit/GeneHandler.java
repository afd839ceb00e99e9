package io.github.sparkncbigene.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.URIUtil;

/** The HTTP layer of the gene service: limits, log, faults, latency, headers. No waiting request occupies a thread. */
final class GeneHandler extends Handler.Abstract {
    static final String BASE = "/datasets/v2";

    private static final String GENE = BASE + "/gene";

    private final Pages pages;
    private final Faults faults;
    private final RequestLog log;
    private final Supplier<Behaviour> behaviour;
    private final long seed;
    private final RecentRequests recent = new RecentRequests();
    private final RateWindow window = new RateWindow();
    private final RateWindow windowWithKey = new RateWindow();
    private final AtomicLong sequence = new AtomicLong();

    GeneHandler(Pages pages, Faults faults, RequestLog log, Supplier<Behaviour> behaviour, long seed) {
        this.pages = pages;
        this.faults = faults;
        this.log = log;
        this.behaviour = behaviour;
        this.seed = seed;
    }

    void forgetRequests() {
        recent.clear();
        window.clear();
        windowWithKey.clear();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Instant arrived = Instant.now();
        long nanos = System.nanoTime();
        Content.Source.asByteBuffer(
                request,
                Promise.from(
                        body -> {
                            try {
                                serve(request, response, callback, body, arrived, nanos);
                            } catch (RuntimeException e) {
                                // A predicate from a test may throw.
                                callback.failed(e);
                            }
                        },
                        callback::failed));
        return true;
    }

    private void serve(
            Request request, Response response, Callback callback, ByteBuffer bytes, Instant arrived, long nanos) {
        Behaviour now = behaviour.get();
        String body = StandardCharsets.UTF_8.decode(bytes).toString();
        GeneRequest wanted = null;
        InvalidRequest invalid = null;
        Map<String, List<String>> parameters = Map.of();
        try {
            parameters = parameters(request);
            wanted = read(request, parameters, body, now);
        } catch (InvalidRequest e) {
            invalid = e;
        }
        Exchange exchange = exchange(request, parameters, body, wanted, arrived, nanos);
        log.add(exchange);
        Callback completed = Callback.from(callback, () -> log.completed(exchange));
        Conversation conversation = new Conversation(request, response, exchange, completed, now);
        int remaining = conversation.takeFromLimit(nanos);
        if (remaining < 0) {
            exchange.answered(429, 0);
            Map<String, String> headers = now.retryAfter ? Map.of("retry-after", "1") : Map.of();
            conversation.send(Answer.tooManyRequests(headers, conversation.limit()), null);
            return;
        }
        Fault fault = faults.decide(exchange.request()).orElse(null);
        exchange.struckBy(fault);
        GeneRequest read = wanted;
        InvalidRequest refused = invalid;
        Runnable answer = () -> conversation.tryToAnswer(read, refused, fault);
        Duration latency = now.latency.apply(exchange.request());
        if (latency.isZero()) {
            answer.run();
        } else {
            conversation.delivery.later(latency, answer);
        }
    }

    /** Parses a request about genes; returns null for a request about taxa. */
    private static GeneRequest read(
            Request request, Map<String, List<String>> parameters, String body, Behaviour behaviour) {
        String path = request.getHttpURI().getPath();
        if (request.getHttpURI().getPathQuery().length() > behaviour.maxUrlLength) {
            throw new InvalidRequest(431, "Request Header Fields Too Large");
        }
        if (path.startsWith(BASE) && TaxonSuggest.isPath(path.substring(BASE.length()))) {
            return null;
        }
        if (!path.equals(GENE) && !path.startsWith(GENE + "/")) {
            throw InvalidRequest.notFound();
        }
        String below = path.substring(GENE.length());
        return switch (request.getMethod()) {
            case "GET" -> RequestReader.get(below, parameters, behaviour);
            case "POST" -> RequestReader.post(below, parameters, body, behaviour);
            default -> throw new InvalidRequest(405, "Method Not Allowed");
        };
    }

    private static Map<String, List<String>> parameters(Request request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request, StandardCharsets.UTF_8)) {
                parameters.put(field.getName(), List.copyOf(field.getValues()));
            }
        } catch (RuntimeException e) {
            throw InvalidRequest.argument("malformed query string");
        }
        return parameters;
    }

    private Exchange exchange(
            Request request,
            Map<String, List<String>> parameters,
            String body,
            GeneRequest wanted,
            Instant arrived,
            long nanos) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            headers.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(name.equals("api-key") ? "***" : field.getValue());
        }
        String rawPath = request.getHttpURI().getPath();
        return new Exchange(
                sequence.incrementAndGet(),
                arrived,
                nanos,
                request.getMethod(),
                rawPath,
                decoded(rawPath),
                parameters,
                headers,
                ApiKeyTrace.of(request.getHeaders().get("api-key")),
                body,
                wanted == null ? List.of() : ids(wanted));
    }

    private static String decoded(String rawPath) {
        try {
            return URIUtil.decodePath(rawPath);
        } catch (RuntimeException e) {
            return rawPath;
        }
    }

    private static List<String> ids(GeneRequest request) {
        List<String> ids = new ArrayList<>();
        List.of(request.accessions(), request.geneIds(), request.locusTags(), request.symbols())
                .forEach(ids::addAll);
        if (!request.taxon().isEmpty()) {
            ids.add(request.taxon());
        }
        return List.copyOf(ids);
    }

    /** One request and its response. */
    private final class Conversation {
        private final Request request;
        private final Response response;
        private final Exchange exchange;
        private final Callback callback;
        private final Behaviour behaviour;
        private final Delivery delivery;

        Conversation(Request request, Response response, Exchange exchange, Callback callback, Behaviour behaviour) {
            this.request = request;
            this.response = response;
            this.exchange = exchange;
            this.callback = callback;
            this.behaviour = behaviour;
            this.delivery = new Delivery(request, response, exchange, callback);
        }

        String phid() {
            long a = Mix.mix(seed, exchange.request().sequence());
            return String.format(Locale.ROOT, "%016X%016X.1.1", a, Mix.mix(a));
        }

        /** Counts the request; returns the number of further requests allowed, or -1 if this one exceeds the limit. */
        int takeFromLimit(long nanos) {
            int limit = limit();
            RateWindow requests = exchange.request().apiKey().isPresent() ? windowWithKey : window;
            int announced = limit > 0 ? limit : behaviour.announcedRateLimit;
            if (announced == 0) {
                return 0;
            }
            int remaining = limit > 0 ? requests.take(nanos, limit) : Math.max(0, announced - requests.count(nanos));
            HttpFields.Mutable headers = response.getHeaders();
            headers.put("Access-Control-Expose-Headers", "X-RateLimit-Limit,X-RateLimit-Remaining");
            headers.put("X-RateLimit-Limit", Integer.toString(announced));
            headers.put("X-RateLimit-Remaining", Integer.toString(Math.max(0, remaining)));
            return remaining;
        }

        int limit() {
            return exchange.request().apiKey().isPresent() ? behaviour.rateLimitWithKey : behaviour.rateLimit;
        }

        void tryToAnswer(GeneRequest wanted, InvalidRequest invalid, Fault fault) {
            try {
                answer(wanted, invalid, fault);
            } catch (RuntimeException e) {
                callback.failed(e);
            }
        }

        private void answer(GeneRequest wanted, InvalidRequest invalid, Fault fault) {
            Fault.Kind kind = fault == null ? null : fault.kind();
            if (kind == Fault.Kind.RESET) {
                delivery.reset();
            } else if (kind == Fault.Kind.NO_ANSWER) {
                faults.hold(
                        () -> request.getComponents().getExecutor().execute(() -> tryToAnswer(wanted, invalid, null)));
            } else if (kind == Fault.Kind.STATUS) {
                send(Answer.error((int) fault.number(), fault.text(), fault.headers(), phid()), null);
            } else if (kind == Fault.Kind.HTML) {
                send(Answer.html((int) fault.number()), null);
            } else if (kind == Fault.Kind.EMPTY) {
                send(Answer.empty(), null);
            } else if (kind == Fault.Kind.BODY) {
                send(Answer.ok(fault.text()), null);
            } else if (invalid != null) {
                send(Answer.error(invalid.status(), invalid.getMessage(), Map.of(), phid()), fault);
            } else {
                send(page(wanted, fault), fault);
            }
        }

        private static Fault.Kind kind(Fault fault) {
            return fault == null ? null : fault.kind();
        }

        private Answer page(GeneRequest wanted, Fault fault) {
            try {
                if (wanted == null) {
                    RecordedRequest asked = exchange.request();
                    String below = asked.rawPath().substring(BASE.length());
                    return pages.taxa().answer(asked.method(), below, asked.parameters(), asked.body());
                }
                String accept = String.join(",", request.getHeaders().getValuesList("Accept"));
                Pages.Format format = Pages.Format.accepted(accept);
                Answer own = pages.answer(wanted, format, behaviour, fault);
                GeneRequest answered = kind(fault) == Fault.Kind.CROSSED ? recent.other(wanted) : wanted;
                // Only after its own response: a request with an invalid token has no page that could be crossed.
                recent.add(wanted);
                return answered.equals(wanted) ? own : pages.answer(answered, format, behaviour, fault);
            } catch (InvalidRequest e) {
                return Answer.error(e.status(), e.getMessage(), Map.of(), phid());
            }
        }

        void send(Answer answer, Fault fault) {
            Fault.Kind kind = fault == null ? null : fault.kind();
            boolean gzip = kind == Fault.Kind.GZIP_BOMB
                    || kind == Fault.Kind.TRUNCATED_GZIP
                    || request.getHeaders().contains("Accept-Encoding", "gzip");
            exchange.answered(answer.status(), answer.reports());
            response.setStatus(answer.status());
            HttpFields.Mutable headers = response.getHeaders();
            headers.put("Content-Type", kind == Fault.Kind.CONTENT_TYPE ? fault.text() : answer.contentType());
            if (gzip) {
                headers.put("Content-Encoding", "gzip");
            }
            headers.put("Server", "Finatra");
            headers.put("Ncbi-Phid", phid());
            headers.put("X-Datasets-Version", "18.23.0");
            answer.headers().forEach(headers::put);
            keepAlive(headers, answer.status());
            try {
                deliver(answer.body(), gzip, fault);
            } catch (IOException | RuntimeException e) {
                callback.failed(e);
            }
        }

        private void keepAlive(HttpFields.Mutable headers, int status) {
            long left = behaviour.keepAliveRequests
                    - request.getConnectionMetaData().getConnection().getMessagesIn();
            if (left <= 0 || status >= 500) {
                headers.put("Connection", "close");
            } else {
                headers.put("Keep-Alive", "timeout=4, max=" + (left + 1));
            }
        }

        private void deliver(Body.Source body, boolean gzip, Fault fault) throws IOException {
            if (fault == null) {
                delivery.stream(body, gzip);
                return;
            }
            switch (fault.kind()) {
                case RESET_MID_BODY -> delivery.half(Delivery.render(body, gzip), true);
                case CLOSE_MID_BODY -> delivery.half(Delivery.render(body, gzip), false);
                case STALLED -> delivery.stalled(Delivery.render(body, gzip), faults);
                case SLOW ->
                    delivery.slow(
                            Delivery.render(body, gzip),
                            (int) fault.number(),
                            Duration.ofNanos(Long.parseLong(fault.text())));
                case TRUNCATED_GZIP -> delivery.whole(half(Delivery.render(body, true)));
                case CUT_BODY -> delivery.stream(Body.bytes(half(Delivery.render(body, false))), gzip);
                case APPENDED -> delivery.stream(appended(body, fault.text()), gzip);
                default -> delivery.stream(body, gzip);
            }
        }

        private static byte[] half(byte[] bytes) {
            return Arrays.copyOf(bytes, bytes.length / 2);
        }

        private static Body.Source appended(Body.Source body, String text) throws IOException {
            String whole = new String(Delivery.render(body, false), StandardCharsets.UTF_8);
            return Body.bytes((whole + (text.isEmpty() ? whole : text)).getBytes(StandardCharsets.UTF_8));
        }
    }
}
