package io.github.sparkncbigene.rate;

/** The place that grants requests their permits. The driver chooses it once, for all scans of an application. */
public enum RateControl {
    /** The driver grants permits over Spark's RPC. */
    DRIVER,
    /** The driver grants permits over the plugin that {@code spark.plugins} names. */
    PLUGIN,
    /** Each JVM grants its own permits: the rate of a scan is divided among its partitions. */
    DIVIDED
}
