package io.github.sparkncbigene.driver;

import io.github.sparkncbigene.rate.RateLimiters;
import io.github.sparkncbigene.rate.RateLink;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rate limit over Spark's plugin interface. Name it in {@code spark.plugins} if your platform does not let
 * the connector use Spark's RPC by itself.
 */
public final class NcbiGenePlugin implements SparkPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(NcbiGenePlugin.class);

    private static WeakReference<SparkContext> served = new WeakReference<>(null);
    private static PluginContext executor;

    /** Called by Spark. */
    public NcbiGenePlugin() {}

    @Override
    public DriverPlugin driverPlugin() {
        return new OnDriver();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new OnExecutor();
    }

    /** Returns true if the SparkContext was started with the plugin. */
    static synchronized boolean serves(SparkContext spark) {
        return served.get() == spark;
    }

    /** Returns the connection to the driver's limiters: a plain call if they are in this JVM. */
    static synchronized RateLink link() {
        if (served.get() != null) {
            return RateLimiters.HERE;
        }
        if (executor == null) {
            throw DriverEndpoint.unreachable(
                    new IllegalStateException("this executor was started without the plugin " + name()));
        }
        return new Remote(executor);
    }

    private static String name() {
        return NcbiGenePlugin.class.getName();
    }

    private static synchronized void serve(SparkContext spark) {
        served = new WeakReference<>(spark);
    }

    private static synchronized void executor(PluginContext context) {
        executor = context;
    }

    private static final class OnDriver implements DriverPlugin {
        @Override
        public Map<String, String> init(SparkContext spark, PluginContext context) {
            RateLimiters.rehearse();
            spark.addSparkListener(new LostExecutors());
            serve(spark);
            return Map.of();
        }

        @Override
        public Object receive(Object message) {
            return RateLimiters.HERE.receive(message);
        }
    }

    private static final class OnExecutor implements ExecutorPlugin {
        @Override
        public void init(PluginContext context, Map<String, String> settings) {
            executor(context);
        }
    }

    /** The connection of an executor. */
    private record Remote(PluginContext context) implements RateLink {
        @Override
        public Object send(Object[] message) throws InterruptedException {
            try {
                return context.ask(message);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw DriverEndpoint.unreachable(e);
            }
        }

        @Override
        public void tell(Object[] message) {
            try {
                context.send(message);
            } catch (IOException | RuntimeException e) {
                // The driver or this executor is ending; the driver counts what remains open as sent.
                LOG.debug("The rate limiter on the driver could not be notified: {}", e.toString());
            }
        }
    }
}
