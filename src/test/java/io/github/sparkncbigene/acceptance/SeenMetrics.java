package io.github.sparkncbigene.acceptance;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.ui.SQLAppStatusStore;
import org.apache.spark.sql.execution.ui.SQLExecutionUIData;
import org.apache.spark.sql.execution.ui.SQLPlanMetric;
import org.apache.spark.sql.util.QueryExecutionListener;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * What a listener sees of the metrics of the one scan of a query, and what the UI shows of them.
 *
 * @param values by the names that listeners see
 * @param texts by the names that people see
 */
record SeenMetrics(Map<String, Long> values, Map<String, String> texts) {
    /** Runs a query to its end. */
    static SeenMetrics of(SparkSession spark, Dataset<Row> query) {
        AtomicReference<QueryExecution> seen = new AtomicReference<>();
        QueryExecutionListener listener = new QueryExecutionListener() {
            @Override
            public void onSuccess(String action, QueryExecution execution, long nanoseconds) {
                seen.set(execution);
            }

            @Override
            public void onFailure(String action, QueryExecution execution, Exception why) {
                // The action itself throws.
            }
        };
        spark.listenerManager().register(listener);
        try {
            query.collectAsList();
            drain(spark);
        } finally {
            spark.listenerManager().unregister(listener);
        }
        Map<String, Long> values = new TreeMap<>();
        Map<String, String> texts = new TreeMap<>();
        Iterator<Tuple2<String, SQLMetric>> metrics =
                scan(seen.get().executedPlan()).metrics().iterator();
        SQLAppStatusStore store = spark.sharedState().statusStore();
        while (metrics.hasNext()) {
            Tuple2<String, SQLMetric> metric = metrics.next();
            values.put(metric._1(), metric._2().value());
            addText(store, metric._2().id(), texts);
        }
        return new SeenMetrics(values, texts);
    }

    long value(String name) {
        return values.get(name);
    }

    private static void drain(SparkSession spark) {
        try {
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SparkPlan scan(SparkPlan plan) {
        if (plan instanceof AdaptiveSparkPlanExec adaptive) {
            return scan(adaptive.executedPlan());
        }
        if (plan.metrics().contains("requestsPlanned")) {
            return plan;
        }
        Iterator<SparkPlan> children = plan.children().iterator();
        while (children.hasNext()) {
            SparkPlan found = scan(children.next());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static void addText(SQLAppStatusStore store, long accumulator, Map<String, String> texts) {
        Iterator<SQLExecutionUIData> executions = store.executionsList().iterator();
        while (executions.hasNext()) {
            SQLExecutionUIData execution = executions.next();
            Iterator<SQLPlanMetric> metrics = execution.metrics().iterator();
            while (metrics.hasNext()) {
                SQLPlanMetric metric = metrics.next();
                scala.Option<String> text =
                        store.executionMetrics(execution.executionId()).get(accumulator);
                if (metric.accumulatorId() == accumulator && text.isDefined()) {
                    texts.put(metric.name(), text.get());
                }
            }
        }
    }
}
