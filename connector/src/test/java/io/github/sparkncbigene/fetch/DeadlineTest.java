package io.github.sparkncbigene.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.scan.Scans;
import io.github.sparkncbigene.service.ServiceException;
import java.util.Optional;
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
        assertThat(new Deadline(0, "5m").passed(Optional.empty(), new TimeoutException()))
                .hasMessage("[NCBI_GENE_QUERY_TIMEOUT] The task has run longer than query_timeout = 5m. Raise or remove"
                        + " the option.")
                .hasCauseInstanceOf(TimeoutException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.QUERY_TIMEOUT);
    }

    @Test
    void theErrorSaysWhatFailedLast() {
        ServiceException refused = new ServiceException(
                ServiceException.Kind.TRANSIENT,
                NcbiGeneException.of(ErrorCode.SERVICE_UNREACHABLE, "Connection refused. Check base_url."));

        assertThat(new Deadline(0, "8s").passed(Optional.of(refused), new TimeoutException()))
                .hasMessage("[NCBI_GENE_QUERY_TIMEOUT] The task has run longer than query_timeout = 8s. Last failed"
                        + " request: Connection refused. Check base_url.")
                .hasCause(refused);
    }

    @Test
    void aTimeoutOfManyLivesIsNoOverflow() {
        assertThat(Deadline.of(Scans.options("query_timeout", "999999999h")).left())
                .isGreaterThan(TimeUnit.DAYS.toNanos(365));
    }
}
