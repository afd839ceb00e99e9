package io.github.sparkncbigene.http;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.http.PermittedExecutor.PermitMissedException;
import io.github.sparkncbigene.rate.RateGate;
import io.github.sparkncbigene.service.FirstContact;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.Progress;
import io.github.sparkncbigene.service.RequestSender;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ServiceConfig;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** The gene service over HTTP, for one task. Closing it ends its open requests. */
final class HttpGeneService implements RequestSender {
    private static final String API_KEY_HEADER = "api-key";

    private final ServiceConfig config;
    private final SharedClient.Lease shared;
    private final FirstContact contact;
    private final TaskCounters counters;
    private final Set<HttpUriRequestBase> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param contact records the host's responses
     * @param counters counts requests, bytes, and their time
     */
    HttpGeneService(ServiceConfig config, SharedClient.Lease shared, FirstContact contact, TaskCounters counters) {
        this.contact = contact;
        this.counters = counters;
        this.config = config;
        this.shared = shared;
    }

    @Override
    public Response execute(GeneRequest request, Progress progress) throws ServiceException, InterruptedException {
        while (true) {
            long start = System.nanoTime();
            try (RateGate.Permit permit = shared.gate().awaitPermit()) {
                counters.add(Counter.RATE_WAIT, System.nanoTime() - start);
                progress.permitted();
                return send(request, permit, progress);
            } catch (PermitMissedException e) {
                // The service has demanded a pause in the meantime: wait for another permit.
            }
        }
    }

    private Response send(GeneRequest request, RateGate.Permit permit, Progress progress)
            throws ServiceException, InterruptedException, PermitMissedException {
        HttpUriRequestBase message = message(request);
        contact.requested();
        HttpClientContext context = HttpClientContext.create();
        HttpFailures failures = new HttpFailures(config, request);
        Exchange exchange = new Exchange(
                config, failures, contact, counters, new PermittedRequest(message, context, permit, progress));
        config.proxy().authenticate(context);
        context.setAttribute(PermittedExecutor.PERMIT, permit);
        context.setAttribute(PermittedExecutor.PATH, path(request));
        context.setAttribute(PermittedExecutor.OBSERVER, exchange);
        underWay.add(message);
        try {
            if (closed) {
                throw new InterruptedException("the reader is closed");
            }
            exchange.start();
            Response response = shared.client().execute(message, context, exchange::read);
            if (exchange.isFailed()) {
                throw exchange.failure();
            }
            return response;
        } catch (PermitMissedException e) {
            contact.postponed();
            throw e;
        } catch (RuntimeException e) {
            // HttpClient throws one, not always the same, if a request is cancelled between two of its steps.
            if (!message.isCancelled()) {
                throw e;
            }
            throw exchange.cancelled(e);
        } catch (IOException e) {
            if (exchange.isFailed()
                    || closed
                    || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException))) {
                throw exchange.cancelled(e);
            }
            ConnectionFailure failure = ConnectionFailure.of(e);
            if (!exchange.isSent() && (failure.isTimeout() || failure.isNoConnection())) {
                failure = new ConnectionFailure(exchange.unsent(), failure.words());
            }
            throw new ServiceException(
                    failure.isTimeout() ? Kind.TIMEOUT : whenUnreachable(failure),
                    NcbiGeneException.of(
                            ErrorCode.SERVICE_UNREACHABLE,
                            failures.unreachable(config.hidden(failure.words()), failure.cause()),
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
        URI address = URI.create(config.baseUrl() + HttpFailures.hiddenPath(config, request));
        HttpUriRequestBase message = request.isPost() ? new HttpPost(address) : new HttpGet(address);
        message.setHeader("Accept", request.accept());
        message.setHeader("Accept-Encoding", "gzip");
        config.apiKey().ifPresent(key -> message.setHeader(API_KEY_HEADER, key.reveal()));
        if (request.isPost()) {
            message.setEntity(new StringEntity(request.body(), ContentType.APPLICATION_JSON));
        }
        return message;
    }

    /** The path as it is sent. */
    private String path(GeneRequest request) {
        URI address = URI.create(config.baseUrl() + request.pathAndQuery());
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    /** A certificate does not change soon, but one of several machines behind a name may have a wrong one. */
    private Kind whenUnreachable(ConnectionFailure failure) {
        return failure.isCertificate() && !contact.hasResponded() ? Kind.PERMANENT : Kind.TRANSIENT;
    }
}
