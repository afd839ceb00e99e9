package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.Counter.Place;
import io.github.sparkncbigene.testing.GeneratedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** docs/metrics.md lists the metrics. */
class MetricsPageTest {
    @Test
    void thePageListsTheMetrics() throws IOException {
        GeneratedPage page = new GeneratedPage("metrics.md", "Metrics", "the counters, Counter.java,");
        page.paragraph("""
                The SQL tab of Spark's UI shows metrics on the scan node of a query's plan: how many identifiers were
                requested, what that took, and what went wrong. Spark shows them in an order of its own:""");
        page.paragraph("![The plan of a query in Spark's UI, with the metrics of its scan](images/metrics.png)");
        page.paragraph("""
                For a scan with several tasks, the UI shows the total and, in brackets, the minimum, median and maximum
                over the tasks. The numbers grow while the query runs: a task reports its counts every hundred rows,
                and executors pass them on every 10 seconds (`spark.executor.heartbeatInterval`).""");
        page.paragraph("## Counted by tasks");
        table(page, Place.TASK);
        page.line("");
        page.paragraph("## Known by the driver");
        table(page, Place.DRIVER);
        page.line("");
        page.paragraph("""
                The number of genes of a whole taxon is not known in advance, so the counts of identifiers are 0. For a
                stream all of these are 0, because each micro-batch has its own plan.""");
        page.paragraph("## Reading them");
        page.head("you see", "it means");
        page.row(
                "a long wait for the rate limit",
                "the service is not the bottleneck: set an API key, request fewer identifiers, or set"
                        + " `cache_path`");
        page.row(
                "a long wait for responses, a short one for the rate limit",
                "the service is slow: select fewer columns, or raise `max_in_flight` if you have lowered it");
        page.row(
                "repeated requests",
                "the executors' logs give the reason and quote NCBI; other jobs behind the same address use"
                        + " the same rate limit");
        page.row("divided batches", "they are too large for the service: lower `batch_size`");
        page.row(
                "as many identifiers after filters as given",
                "no filter reached the scan: see [push-down.md](push-down.md)");
        page.row(
                "in a join, as many identifiers requested as after filters",
                "the join sent no keys: see [joins.md](joins.md)");
        page.line("");
        page.paragraph("## Outside the UI");
        page.paragraph("""
                A `QueryExecutionListener` finds the metrics by *name* in the scan node of the plan, with times in
                nanoseconds. Spark's REST API has them under `/sql` when a query has ended, as the UI shows them. The
                history server needs the connector's jar on its class path (`SPARK_DAEMON_CLASSPATH`) to show them.""");
        page.paragraph("""
                A long read logs its progress every 30 seconds, once per query and executor, at level INFO of
                `io.github.sparkncbigene`:""");
        page.paragraph("""
                ```text
                Read 9,000 of 100,000 accessions in 1.0 min, 150 a second, about 10.1 min left; requests: 12, repeated: 3.
                ```""");
        page.paragraph("""
                On a cluster, each line covers only the tasks of its executor, and says so. The remaining time assumes
                the same speed as so far. Spark's own progress bar counts tasks, one per partition.""");
        page.check();
    }

    private static void table(GeneratedPage page, Place place) {
        page.head("in the UI", "name", "what it counts");
        for (Counter counter : Counter.values()) {
            if (counter.place() == place) {
                page.row(
                        counter.words(),
                        GeneratedPage.code(counter.key()),
                        counter.sentence().strip());
            }
        }
    }
}
