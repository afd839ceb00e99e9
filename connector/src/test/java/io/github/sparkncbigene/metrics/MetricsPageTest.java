package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Counter.Place;
import io.github.sparkncbigene.testing.GeneratedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** docs/metrics.md lists the metrics. */
class MetricsPageTest {
    @Test
    void thePageListsTheMetrics() throws IOException {
        GeneratedPage page = new GeneratedPage("metrics.md", "Metrics", "the counters, Counter.java,");
        page.paragraph("""
                The SQL tab of Spark's UI shows on the scan of the gene service, in the plan of a query, what was asked
                for and what it took:""");
        page.paragraph("![The plan of a query in Spark's UI, with the metrics of its scan](images/metrics.png)");
        page.paragraph("""
                Of a scan with several tasks it shows the total and, in brackets, the least, the median and the most
                that a task has. Tasks tell what they have counted every hundred rows, and executors pass it on with
                their heartbeats, every 10 seconds unless `spark.executor.heartbeatInterval` says otherwise, so the
                numbers grow while the query runs.""");
        page.paragraph("## What tasks count");
        table(page, Place.TASK);
        page.line("");
        page.paragraph("## What the driver knows");
        table(page, Place.DRIVER);
        page.line("");
        page.paragraph("""
                Of a whole taxon nobody knows beforehand how many genes it has: the identifiers are 0. So is all of
                this for a stream, which is planned anew for each micro-batch.""");
        page.paragraph("## What they tell");
        page.head("if", "then");
        page.row(
                "much time is waited for the rate limit",
                "the service is not what takes long: give an API key, ask for fewer identifiers, or set"
                        + " `cache_path`");
        page.row(
                "much time is waited for answers, little for the rate limit",
                "the service is slow: raise `max_in_flight` if it is low, or name fewer columns");
        page.row(
                "requests are repeated",
                "the executors' logs say why, with NCBI's words; other jobs behind the same address count against"
                        + " the rate limit too");
        page.row("batches are divided", "they are too much for the service: lower `batch_size`");
        page.row(
                "identifiers after filters are as many as given",
                "no filter reached the scan: see [push-down.md](push-down.md)");
        page.row(
                "identifiers asked for are as many as after filters, in a join",
                "the join does not narrow the read: see [joins.md](joins.md)");
        page.line("");
        page.paragraph("## Outside the UI");
        page.paragraph("""
                A `QueryExecutionListener` finds the numbers by their names among the metrics of the plan's scan, times in
                nanoseconds. Spark's REST API, under `/sql`, has them once a query has ended, in the words that the UI
                shows. The history server needs the connector's jar on its class path (`SPARK_DAEMON_CLASSPATH`) to make
                words of them.""");
        page.paragraph("""
                A read that lasts says in the log how far it is, every 30 seconds, once for each query in each executor,
                at level INFO of `io.github.sparkncbigene`:""");
        page.paragraph("""
                ```text
                Read 9,000 of 100,000 accessions in 1.0 min, 150 a second, about 10.1 min left; requests: 12, repeated: 3.
                ```""");
        page.paragraph("""
                On a cluster an executor knows of its own tasks only, and says so. What is left of the time is what it
                takes at the rate so far. Spark's own progress bar counts tasks, of which there are as many as
                partitions.""");
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
