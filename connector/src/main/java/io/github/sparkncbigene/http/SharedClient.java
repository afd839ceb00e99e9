package io.github.sparkncbigene.http;

import io.github.sparkncbigene.options.Secret;
import io.github.sparkncbigene.rate.RateAccess;
import io.github.sparkncbigene.rate.RateGate;
import io.github.sparkncbigene.rate.RateKey;
import io.github.sparkncbigene.service.Budget;
import io.github.sparkncbigene.service.ServiceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The connections and the budget that the tasks of a JVM share for one service and API key. */
final class SharedClient {
    /** Longest wait for a connection that another request uses. Zero would be an immediate error. */
    private static final Timeout UNTIL_ONE_IS_FREE = Timeout.ofDays(365);
    /** A connection that was idle for this long is tested before it is used. */
    private static final TimeValue FRESH = TimeValue.ofMilliseconds(250);

    private static final Map<ServiceConfig, SharedClient> CLIENTS = new HashMap<>();

    private final ServiceConfig config;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;
    private final Budget budget;
    private int users;

    private SharedClient(ServiceConfig config) {
        this.config = config;
        this.connections = connections(config);
        this.client = client(config, connections);
        this.budget = new Budget(config.maxInFlight(), config.maxHeldBytes());
    }

    /** A task's use of the client. */
    final class Lease implements AutoCloseable {
        private final RateGate gate;
        private final int openRequests;

        private Lease(RateGate gate, int openRequests) {
            this.gate = gate;
            this.openRequests = openRequests;
        }

        CloseableHttpClient client() {
            return client;
        }

        RateGate gate() {
            return gate;
        }

        Budget budget() {
            return budget;
        }

        /** Ends the use; the last one closes the connections. */
        @Override
        public void close() {
            release(this);
        }
    }

    /**
     * Returns the client for a service, and starts it if it is not in use yet.
     *
     * @param rate access to the rate limiter
     * @param openRequests number of requests that the task may have open
     */
    static Lease lease(ServiceConfig config, RateAccess rate, int openRequests) {
        String key =
                RateKey.of(config.baseUrl(), config.apiKey().map(Secret::reveal).orElse(null));
        synchronized (CLIENTS) {
            SharedClient shared = CLIENTS.computeIfAbsent(config, SharedClient::new);
            shared.users++;
            shared.budget.register(openRequests);
            shared.bound();
            return shared.new Lease(new RateGate(key, rate), openRequests);
        }
    }

    private void release(Lease lease) {
        synchronized (CLIENTS) {
            lease.gate.close();
            budget.unregister(lease.openRequests);
            bound();
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

    /** Requests beyond the budget, for pages that a task waits for, share the budget's connections. */
    private void bound() {
        connections.setMaxTotal(budget.capacity());
        connections.setDefaultMaxPerRoute(budget.capacity());
    }

    private static PoolingHttpClientConnectionManager connections(ServiceConfig config) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(DiscreetConnection::open)
                .setTlsSocketStrategy(tls())
                .setDnsResolver(new BoundedDnsResolver(config.connectTimeout()))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(config.connectTimeout()))
                        .setSocketTimeout(Timeout.of(config.responseTimeout()))
                        .setValidateAfterInactivity(FRESH)
                        .build())
                .build();
    }

    /** Lets Java check the host's name, with its own list of public suffixes: HttpClient's list is not in the jar. */
    private static TlsSocketStrategy tls() {
        return new ObservedTls(ClientTlsStrategyBuilder.create()
                .useSystemProperties()
                .setHostVerificationPolicy(HostnameVerificationPolicy.BUILTIN)
                .buildClassic());
    }

    private static CloseableHttpClient client(ServiceConfig config, PoolingHttpClientConnectionManager connections) {
        HttpClientBuilder client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(config.responseTimeout()))
                        .setConnectionRequestTimeout(UNTIL_ONE_IS_FREE)
                        // Otherwise it offers TLS within plain http, which proxies and gateways take amiss.
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setKeepAliveStrategy(new ShortKeepAlive())
                .setRequestExecutor(new PermittedExecutor())
                .setUserAgent("spark-ncbi-gene")
                // The response is stored as sent, and inflated when it is read.
                .disableContentCompression()
                // A redirect would send the key to another host.
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .useSystemProperties();
        config.proxy().configure(client);
        return client.build();
    }
}
