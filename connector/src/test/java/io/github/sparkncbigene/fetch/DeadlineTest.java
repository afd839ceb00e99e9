package io.github.sparkncbigene.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.scan.Scans;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void withoutTheOptionThereIsNoEnd() {
        assertThat(Deadline.of(Scans.options()).left()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theEndComesNearerAndPasses() {
        Deadline hour = Deadline.of(Scans.options("query_timeout", "1h"));
        long left = hour.left();

        assertThat(left).isPositive().isLessThanOrEqualTo(TimeUnit.HOURS.toNanos(1));
        assertThat(hour.left()).isLessThanOrEqualTo(left);
        assertThat(new Deadline(System.nanoTime() - 1, "1h").left()).isNegative();
    }

    @Test
    void theErrorNamesTheOption() {
        assertThat(new Deadline(0, "5m").passed(new TimeoutException()))
                .hasMessage("[NCBI_GENE_QUERY_TIMEOUT] The task has read longer than query_timeout = 5m. Raise it, or"
                        + " drop it.")
                .hasCauseInstanceOf(TimeoutException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.QUERY_TIMEOUT);
    }

    @Test
    void aTimeoutOfManyLivesIsNoOverflow() {
        assertThat(Deadline.of(Scans.options("query_timeout", "999999999h")).left())
                .isGreaterThan(TimeUnit.DAYS.toNanos(365));
    }
}
