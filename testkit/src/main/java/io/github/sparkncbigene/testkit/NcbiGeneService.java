package io.github.sparkncbigene.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A stand-in for NCBI's gene service on the loopback interface.
 *
 * <pre>{@code
 * try (NcbiGeneService service = NcbiGeneService.builder().synthetic(1000).build().start()) {
 *     fetch(service.baseUrl() + "/gene/accession/NM_021803.4");
 *     assertThat(service.requests()).hasSize(1);
 * }
 * }</pre>
 */
public final class NcbiGeneService implements AutoCloseable {
    private static final long IDLE_MILLIS = 4_000;
    private static final long BUSY_MILLIS = 3_600_000;
    private static final int HEADER_BYTES = 1 << 16;

    private final Genes genes;
    private final RequestLog log = new RequestLog();
    private final Faults faults = new Faults();
    private final long seed;
    private int port;
    private final Behaviour initial;
    private volatile Behaviour behaviour;
    private GeneHandler handler;
    private Server server;

    private NcbiGeneService(Builder builder) {
        this.genes = new Genes(builder.genes(), builder.synthetic, builder.compact);
        this.seed = builder.seed;
        this.port = builder.port;
        this.initial = new Behaviour(builder);
        this.behaviour = initial;
    }

    /** Returns a builder with the default settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts the service; after {@link #stop()}, on the same port as before. */
    public synchronized NcbiGeneService start() {
        if (server != null) {
            return this;
        }
        QueuedThreadPool threads = new QueuedThreadPool(64);
        threads.setName("ncbi-gene-testkit");
        threads.setDaemon(true);
        Server starting = new Server(threads);
        ServerConnector connector = new ServerConnector(starting, 1, 1, new HttpConnectionFactory(http()));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(1024);
        starting.addConnector(connector);
        handler = new GeneHandler(new Pages(genes, seed), faults, log, () -> behaviour, seed);
        starting.setHandler(new Handler.Sequence(new AdminHandler(this), handler));
        try {
            starting.start();
        } catch (Exception e) {
            throw new IllegalStateException("The service cannot start on port " + port + ": " + e.getMessage(), e);
        }
        server = starting;
        port = connector.getLocalPort();
        return this;
    }

    /** Stops the service: closes open connections and refuses new ones. */
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The service cannot stop: " + e.getMessage(), e);
        } finally {
            server = null;
            faults.forget();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Returns the base URL, the counterpart of NCBI's https://api.ncbi.nlm.nih.gov/datasets/v2. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port() + GeneHandler.BASE;
    }

    /** Returns the port on which the service listens. */
    public synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("The service is not started");
        }
        return port;
    }

    /** Returns all requests so far, in the order of their arrival. */
    public List<RecordedRequest> requests() {
        return log.all();
    }

    /** Returns the matching requests so far. */
    public List<RecordedRequest> requests(Predicate<RecordedRequest> wanted) {
        return log.matching(wanted);
    }

    /** Returns the log of requests. */
    public RequestLog log() {
        return log;
    }

    /** Clears the log of requests. */
    public void clearRequests() {
        log.clear();
    }

    /** Returns the script of failures. */
    public Faults faults() {
        return faults;
    }

    /** Returns the catalogue of the service's genes. */
    public GeneCatalogue catalogue() {
        return new GeneCatalogue(genes);
    }

    /** Changes the service's behaviour, from the next request on. */
    public synchronized void configure(Consumer<Behaviour> changes) {
        Behaviour changed = new Behaviour(behaviour);
        changes.accept(changed);
        behaviour = changed;
    }

    /** Clears requests, faults and changes of behaviour: the service is as it was built. */
    public synchronized void reset() {
        log.clear();
        faults.clear();
        behaviour = initial;
        if (handler != null) {
            handler.forgetRequests();
        }
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        // Paths may contain %2C, and tests may send invalid URIs.
        http.setUriCompliance(UriCompliance.UNSAFE);
        // A request may wait longer for its response than a connection may be idle.
        http.setIdleTimeout(BUSY_MILLIS);
        return http;
    }

    /** The service's genes and settings; see also {@link Behaviour}. */
    public static final class Builder extends BehaviourSwitches<Builder> {
        private final List<Path> reports = new ArrayList<>();
        private boolean wellKnown = true;
        private long synthetic;
        private boolean compact;
        private long seed = 20_261_101;
        private int port;

        private Builder() {}

        /** Sets the port; 0, the default, for any free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /**
         * Adds the recorded reports in the .json, .jsonl and .ndjson files below that directory: pages of gene and
         * product reports, and the data report of NCBI's data packages. A recorded gene replaces a built-in one.
         */
        public Builder reports(Path directory) {
            reports.add(Objects.requireNonNull(directory));
            return this;
        }

        /** Sets whether the service includes the built-in well-known genes; true by default. */
        public Builder wellKnownGenes(boolean served) {
            wellKnown = served;
            return this;
        }

        /** Adds that many {@link SyntheticGenes}; none by default. */
        public Builder synthetic(long genes) {
            if (genes < 0 || genes > SyntheticGenes.MAX) {
                throw new IllegalArgumentException(
                        "There are 0 to " + SyntheticGenes.MAX + " synthetic genes, not " + genes);
            }
            synthetic = genes;
            return this;
        }

        /** Sets whether reports of synthetic genes are small, some 500 bytes; false by default. */
        public Builder compact(boolean small) {
            compact = small;
            return this;
        }

        /** Sets the seed of everything random: order, page tokens, layout. */
        public Builder seed(long number) {
            seed = number;
            return this;
        }

        /** Builds the service without starting it. */
        public NcbiGeneService build() {
            return new NcbiGeneService(this);
        }

        @Override
        Builder self() {
            return this;
        }

        private List<StoredGene> genes() {
            RecordedReports recorded = new RecordedReports();
            try {
                for (Path directory : reports) {
                    recorded.addDirectory(directory);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return recorded.over(wellKnown ? WellKnownGenes.load() : new RecordedReports());
        }
    }
}
