package io.github.sparkncbigene.driver;

import io.github.sparkncbigene.rate.RateAccess;
import io.github.sparkncbigene.rate.RateControl;
import io.github.sparkncbigene.rate.RateLimiters;
import io.github.sparkncbigene.rate.RateLink;
import io.github.sparkncbigene.rate.RateShare;
import java.lang.ref.WeakReference;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rate limit of a Spark application: one for all its scans, queries and streams. */
public final class ApplicationRate {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationRate.class);

    /** Spark's name for the executor inside the driver. */
    private static final String DRIVER = "driver";

    private static final String CENTRAL =
            "The rate limit of ncbi-gene applies to the whole application: the driver keeps it, reached over {}.";

    private static final String DIVIDED = "The rate limit of ncbi-gene applies to each scan separately: scans that"
            + " run at the same time exceed it together, and the share of an idle task stays unused. This Spark does"
            + " not let the connector use"
            + " its RPC ({}). Set spark.plugins={} before Spark starts.";

    private static WeakReference<SparkEnv> decidedFor = new WeakReference<>(null);
    private static RateControl decided = RateControl.DIVIDED;

    private ApplicationRate() {}

    /**
     * Chooses the place that grants permits, on the driver and once per SparkContext, and starts what that place needs.
     */
    public static synchronized RateControl control() {
        SparkEnv env = SparkEnv.get();
        if (env == null) {
            return RateControl.DIVIDED;
        }
        if (decidedFor.get() != env) {
            SparkContext spark = SparkContext.getOrCreate();
            decided = decide(
                    NcbiGenePlugin.serves(spark),
                    spark.isLocal(),
                    () -> DriverEndpoint.start(spark, env.rpcEnv()),
                    LOG);
            decidedFor = new WeakReference<>(env);
        }
        return decided;
    }

    /**
     * Chooses the place that grants permits, and logs the choice.
     *
     * @param plugin true if Spark was started with the plugin
     * @param local true if the driver's JVM runs all tasks, which share one limiter in any case
     * @param endpoint starts the endpoint of Spark's RPC
     */
    static RateControl decide(boolean plugin, boolean local, Runnable endpoint, Logger log) {
        if (plugin) {
            log.info(CENTRAL, "spark.plugins");
            return RateControl.PLUGIN;
        }
        try {
            endpoint.run();
            log.info(CENTRAL, "Spark's RPC");
            return RateControl.DRIVER;
        } catch (LinkageError | RuntimeException e) {
            if (!local) {
                log.warn(DIVIDED, e.toString(), NcbiGenePlugin.class.getName());
            }
            return RateControl.DIVIDED;
        }
    }

    /**
     * Returns a task's access to the limiter.
     *
     * @param control the driver's choice
     * @param scan id of the scan that the task belongs to
     * @param share the task's part of the rate, in case the rate is divided
     */
    public static RateAccess access(RateControl control, String scan, RateShare share) {
        SparkEnv env = SparkEnv.get();
        RateLink link =
                switch (control) {
                    case DRIVER -> DriverEndpoint.link(env);
                    case PLUGIN -> NcbiGenePlugin.link();
                    case DIVIDED -> RateLimiters.HERE;
                };
        // If the driver's JVM runs all tasks, running tasks may use the permits of waiting ones.
        boolean divided = control == RateControl.DIVIDED && !DRIVER.equals(env.executorId());
        return new RateAccess(link, env.executorId(), scan, divided ? share : share.whole());
    }
}
