package io.github.sparkncbigene.fetch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.scan.Scans;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.Retries;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class PageReaderTest {
    /** A page whose request ends with an exception that nobody foresaw. */
    private record Broken(RuntimeException why) implements PendingPage {
        @Override
        public Response await(long nanos) throws ExecutionException {
            throw new ExecutionException(why);
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }

    @Test
    void whatNobodyForesawIsAnErrorThatAsksForAReport() {
        IllegalStateException bug = new IllegalStateException("a bug");
        PageReader reader = new PageReader(
                new BatchPages(
                        (token, budget, wait, next) -> new Broken(bug),
                        new PageBudgets(new Retries(3, Duration.ZERO)),
                        Duration.ZERO,
                        10,
                        0),
                null,
                Deadline.of(Scans.options()),
                Runnable::run,
                new TaskCounters());

        assertThatThrownBy(reader::open)
                .hasMessage("[NCBI_GENE_INTERNAL_ERROR] A request failed unexpectedly:"
                        + " java.lang.IllegalStateException: a bug. Report it to the project, with this stack trace.")
                .hasCause(bug)
                .extracting("code")
                .isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    /** The page is there, so nothing is waited for. */
    @Test
    void aTaskEndsAtItsDeadlineAlsoIfResponsesAreInTime() {
        PageReader reader = new PageReader(
                new BatchPages(
                        (token, budget, wait, next) -> new Broken(new IllegalStateException("the page was read")),
                        new PageBudgets(new Retries(3, Duration.ZERO)),
                        Duration.ZERO,
                        10,
                        0),
                null,
                new Deadline(System.nanoTime() - 1, "1s"),
                Runnable::run,
                new TaskCounters());

        assertThatThrownBy(reader::open)
                .hasMessage("[NCBI_GENE_QUERY_TIMEOUT] The task has run longer than query_timeout = 1s. Raise or remove"
                        + " the option.");
    }
}
