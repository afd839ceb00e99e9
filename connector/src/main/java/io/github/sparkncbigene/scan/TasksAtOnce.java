package io.github.sparkncbigene.scan;

import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;

/** The number of tasks that can run at once. */
final class TasksAtOnce {
    private TasksAtOnce() {}

    /** Returns the number that the driver knows now; unlimited if there is no driver. */
    static int now() {
        if (SparkEnv.get() == null) {
            return Integer.MAX_VALUE;
        }
        SparkContext spark = SparkContext.getOrCreate();
        return Math.max(1, spark.defaultParallelism() / spark.getConf().getInt("spark.task.cpus", 1));
    }
}
