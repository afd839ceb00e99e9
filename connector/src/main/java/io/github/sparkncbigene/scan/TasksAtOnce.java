package io.github.sparkncbigene.scan;

import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;

/** How many tasks can run at once. */
final class TasksAtOnce {
    private TasksAtOnce() {}

    /** As far as the driver knows now; without a bound where all run in its own JVM, and share there what they have. */
    static int now() {
        if (SparkEnv.get() == null) {
            return Integer.MAX_VALUE;
        }
        SparkContext spark = SparkContext.getOrCreate();
        return spark.isLocal()
                ? Integer.MAX_VALUE
                : Math.max(1, spark.defaultParallelism() / spark.getConf().getInt("spark.task.cpus", 1));
    }
}
