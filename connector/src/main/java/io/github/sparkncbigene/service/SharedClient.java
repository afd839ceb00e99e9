package io.github.sparkncbigene.service;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/** What the tasks of a JVM that talk to one service under one key share: connections, and the rate. */
final class SharedClient {
    /** What tells rates apart. */
    private record RateKey(String baseUrl, Object apiKey, RateShare whole) {}

    /** How long to wait for a connection that another request uses; none at all would be an error at once. */
    private static final Timeout UNTIL_ONE_IS_FREE = Timeout.ofDays(365);

    private static final Map<ServiceConfig, SharedClient> CLIENTS = new HashMap<>();
    /** Kept for good: a query right after another one must not start with a full allowance. */
    private static final Map<RateKey, RateLimiter> LIMITERS = new HashMap<>();

    private final ServiceConfig config;
    private final CloseableHttpClient client;
    private final RateLimiter limiter;
    private int users;

    private SharedClient(ServiceConfig config, RateLimiter limiter) {
        this.config = config;
        this.limiter = limiter;
        this.client = client(config, limiter);
    }

    /** The client for a service, started if nobody uses it yet; whoever gets it releases it. */
    static SharedClient lease(ServiceConfig config, RateShare share) {
        synchronized (CLIENTS) {
            RateLimiter limiter = LIMITERS.computeIfAbsent(
                    new RateKey(config.baseUrl(), config.apiKey(), share.whole()),
                    key -> new RateLimiter(share, System::nanoTime));
            SharedClient shared = CLIENTS.get(config);
            if (shared == null || !Objects.equals(shared.limiter, limiter)) {
                shared = new SharedClient(config, limiter);
                CLIENTS.put(config, shared);
            }
            shared.users++;
            return shared;
        }
    }

    /** Gives it back; the last one to do so closes the connections. */
    void release() {
        synchronized (CLIENTS) {
            users--;
            if (users > 0) {
                return;
            }
            CLIENTS.remove(config, this);
        }
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CloseableHttpClient client() {
        return client;
    }

    RateLimiter limiter() {
        return limiter;
    }

    private static CloseableHttpClient client(ServiceConfig config, RateLimiter limiter) {
        Timeout silence = Timeout.of(config.responseTimeout());
        ConnectionConfig connections = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(config.connectTimeout()))
                .setSocketTimeout(silence)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(connections)
                        .setMaxConnPerRoute(config.maxConnections())
                        .setMaxConnTotal(config.maxConnections())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(silence)
                        .setConnectionRequestTimeout(UNTIL_ONE_IS_FREE)
                        .build())
                .setRequestExecutor(new PermittedExecutor(limiter))
                .setUserAgent("spark-ncbi-gene")
                // The answer is kept as it was sent, and inflated when it is read.
                .disableContentCompression()
                // A redirect would carry the key to another host.
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .useSystemProperties()
                .build();
    }

    /** Asks for a permit when the connection stands and the request is about to be written, not before. */
    private static final class PermittedExecutor extends HttpRequestExecutor {
        private final RateLimiter limiter;

        PermittedExecutor(RateLimiter limiter) {
            this.limiter = limiter;
        }

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                HttpResponseInformationCallback information,
                HttpContext context)
                throws IOException, HttpException {
            try {
                limiter.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            }
            return super.execute(request, connection, information, context);
        }
    }
}
