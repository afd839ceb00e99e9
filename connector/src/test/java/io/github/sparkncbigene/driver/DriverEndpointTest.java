package io.github.sparkncbigene.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.error.ErrorCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DriverEndpointTest {
    @Test
    void aDriverThatIsGoneIsAnErrorOfItsOwn() {
        IOException lost = new IOException("Connection from driver closed");

        assertThat(DriverEndpoint.unreachable(lost))
                .hasMessage("[NCBI_GENE_RATE_LIMITER_UNREACHABLE] The rate limiter on the driver does not respond:"
                        + " Connection from driver closed. Spark can retry the task once the executor reaches the driver"
                        + " again.")
                .hasCause(lost)
                .extracting("code")
                .isEqualTo(ErrorCode.RATE_LIMITER_UNREACHABLE);
    }
}
