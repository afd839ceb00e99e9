package io.github.sparkncbigene.driver;

import io.github.sparkncbigene.rate.RateLimiters;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Tells the driver's limiters when an executor is lost. */
final class LostExecutors extends SparkListener {
    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        RateLimiters.HERE.lost(removed.executorId());
    }
}
