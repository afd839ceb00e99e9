package io.github.sparkncbigene.driver;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.rate.RateLimiters;
import io.github.sparkncbigene.rate.RateLink;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.internal.plugin.PluginEndpoint;
import org.apache.spark.internal.plugin.PluginMessage;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.util.RpcUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag$;

/**
 * Offers the driver's limiters at an endpoint of Spark's RPC, which needs no setting and no extra port. The RPC classes
 * belong to Spark: they are public in the class files, but not in Scala. A test looks for them in every supported
 * Spark; if one is missing, the rate is divided.
 */
final class DriverEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(DriverEndpoint.class);

    static final String NAME = "ncbi-gene-rate-" + RateLimiters.VERSION;

    /** The name that the endpoint of Spark's plugins uses for the plugin it serves. */
    private static final String PLUGIN = "ncbi-gene";

    /** Scala's map with one entry. */
    private static final String ONE_ENTRY = "scala.collection.immutable.Map$Map1";

    /** Connections by the RPC environment of a SparkContext: a connection of a stopped context leads nowhere. */
    private static final Map<RpcEnv, WeakReference<RateLink>> LINKS = new WeakHashMap<>();

    private static WeakReference<RpcEnv> served = new WeakReference<>(null);

    private DriverEndpoint() {}

    /** Starts the endpoint of a SparkContext, unless another copy of this class already did. */
    static void start(SparkContext spark, RpcEnv rpc) {
        RateLimiters.rehearse();
        DriverPlugin plugin = new DriverPlugin() {
            @Override
            public Object receive(Object message) {
                return RateLimiters.HERE.receive(message);
            }
        };
        try {
            rpc.setupEndpoint(NAME, new PluginEndpoint(byName(plugin), rpc));
        } catch (IllegalArgumentException e) {
            // An endpoint of another class loader exists; one is enough.
            return;
        }
        spark.addSparkListener(new LostExecutors());
        synchronized (LINKS) {
            served = new WeakReference<>(rpc);
        }
    }

    /** Uses reflection: compiled against Scala 2.12 and 2.13, the class files of a direct call differ in one flag. */
    @SuppressWarnings("unchecked")
    private static scala.collection.immutable.Map<String, DriverPlugin> byName(DriverPlugin plugin) {
        try {
            return (scala.collection.immutable.Map<String, DriverPlugin>) Class.forName(ONE_ENTRY)
                    .asSubclass(scala.collection.immutable.Map.class)
                    .getConstructor(Object.class, Object.class)
                    .newInstance(PLUGIN, plugin);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Scala has no " + ONE_ENTRY, e);
        }
    }

    /** Returns the connection to the driver's limiters: a plain call if they are in this JVM. */
    static RateLink link(SparkEnv env) {
        synchronized (LINKS) {
            RpcEnv rpc = env.rpcEnv();
            if (served.get() == rpc) {
                return RateLimiters.HERE;
            }
            WeakReference<RateLink> known = LINKS.get(rpc);
            RateLink link = known == null ? null : known.get();
            if (link == null) {
                link = new Remote(reference(env));
                LINKS.put(rpc, new WeakReference<>(link));
            }
            return link;
        }
    }

    private static RpcEndpointRef reference(SparkEnv env) {
        try {
            return RpcUtils.makeDriverRef(NAME, env.conf(), env.rpcEnv());
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    static NcbiGeneException unreachable(Exception cause) {
        return NcbiGeneException.of(
                ErrorCode.RATE_LIMITER_UNREACHABLE,
                "The rate limiter on the driver does not respond: " + cause.getMessage()
                        + ". Spark can retry the task once the executor reaches the driver again.",
                cause);
    }

    /** The connection of an executor. */
    private record Remote(RpcEndpointRef driver) implements RateLink {
        @Override
        public Object send(Object[] message) throws InterruptedException {
            try {
                return driver.askSync(new PluginMessage(PLUGIN, message), ClassTag$.MODULE$.apply(Object.class));
            } catch (RuntimeException e) {
                throw unreachable(e);
            } catch (Exception e) {
                // Scala declares no exceptions.
                if (e instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                throw unreachable(e);
            }
        }

        @Override
        public void tell(Object[] message) {
            try {
                driver.send(new PluginMessage(PLUGIN, message));
            } catch (RuntimeException e) {
                // The driver or this executor is ending; the driver counts what remains open as sent.
                LOG.debug("The rate limiter on the driver could not be notified: {}", e.toString());
            }
        }
    }
}
