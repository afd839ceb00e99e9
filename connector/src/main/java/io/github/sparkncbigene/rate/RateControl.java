package io.github.sparkncbigene.rate;

/** Where the requests of an application get their turns: decided once, on the driver, for all scans. */
public enum RateControl {
    /** From the driver, over Spark's RPC. */
    DRIVER,
    /** From the driver, over the plugin that {@code spark.plugins} names. */
    PLUGIN,
    /** From each JVM for itself: the rate of a scan is divided over its partitions. */
    DIVIDED
}
