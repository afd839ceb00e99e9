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

    /** What Spark calls the executor inside the driver. */
    private static final String DRIVER = "driver";

    private static final String CENTRAL =
            "The rate limit of ncbi-gene holds for the whole application: the driver keeps" + " it, asked over {}.";

    private static final String DIVIDED = "The rate limit of ncbi-gene holds for each scan only: scans that run at the"
            + " same time add up, and the part of an idle task is not used. This Spark does not let the connector use"
            + " its RPC ({}). Set spark.plugins={} before Spark starts.";

    private static WeakReference<SparkEnv> decidedFor = new WeakReference<>(null);
    private static RateControl decided = RateControl.DIVIDED;

    private ApplicationRate() {}

    /** Decides, on the driver and once for a SparkContext, where requests get their turns; starts what that needs. */
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
     * Decides, and says so in the log.
     *
     * @param plugin whether Spark was started with the plugin
     * @param local whether the driver's JVM runs all tasks, which share a limiter anyway
     * @param endpoint starts the endpoint at Spark's RPC
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
     * How a task reaches the limiter.
     *
     * @param control what was decided on the driver
     * @param scan which the task belongs to
     * @param share the task's part of the rate, for where it is divided
     */
    public static RateAccess access(RateControl control, String scan, RateShare share) {
        SparkEnv env = SparkEnv.get();
        RateLink link =
                switch (control) {
                    case DRIVER -> DriverEndpoint.link(env);
                    case PLUGIN -> NcbiGenePlugin.link();
                    case DIVIDED -> RateLimiters.HERE;
                };
        // Where the driver's JVM runs all tasks, those that run may use what the waiting ones do not.
        boolean divided = control == RateControl.DIVIDED && !DRIVER.equals(env.executorId());
        return new RateAccess(link, env.executorId(), scan, divided ? share : share.whole());
    }
}
