package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class NcbiGeneServiceExtensionTest {
    private final NcbiGeneServiceExtension service =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(10).rateLimit(100));

    private final Client client = new Client(service::baseUrl);

    @Test
    void servesFromTheFirstTestToTheLastAndStartsEachAfresh() {
        assertThatIllegalStateException().isThrownBy(service::baseUrl);
        service.beforeAll(null);
        // The first request takes long for its own reasons.
        client.get("/gene/id/7157");
        service.beforeEach(null);
        service.faults().always(Fault.status(500));
        service.configure(behaviour -> behaviour.rateLimit(1));
        assertThat(client.get("/gene/id/7157").status()).isEqualTo(500);
        assertThat(client.get("/gene/id/7157").status()).isEqualTo(429);
        assertThat(service.requests()).hasSize(2);
        assertThat(service.requests(request -> request.status() == 429)).hasSize(1);

        service.beforeEach(null);
        assertThat(service.requests()).isEmpty();
        assertThat(client.get("/gene/id/7157").header("X-RateLimit-Remaining")).contains("99");
        assertThat(service.catalogue().geneIds(SyntheticGenes.accession(9))).containsExactly(SyntheticGenes.geneId(9));
        assertThat(service.log().size()).isEqualTo(1);
        service.clearRequests();
        assertThat(service.log().size()).isZero();

        // A test may stop the service; the next one finds it running again.
        service.service().stop();
        service.beforeEach(null);
        assertThat(client.get("/gene/id/7157").status()).isEqualTo(200);
        service.afterAll(null);
        assertThatIllegalStateException().isThrownBy(() -> service.service().port());
    }
}
