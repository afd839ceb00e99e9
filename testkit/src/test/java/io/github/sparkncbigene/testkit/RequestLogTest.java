package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestLogTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension service = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private final Client client = new Client(service::baseUrl);

    @Test
    void requestIsRecordedWithItsAnswer() {
        Client.Reply reply = client.get(
                "/gene/accession/NM_000546%2CXX/dataset_report?table_fields=gene-id&table_fields=symbol",
                Map.of("Accept", "text/tab-separated-values", "X-Test", "yes"));
        RecordedRequest request = service.requests().get(0);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.rawPath()).isEqualTo("/datasets/v2/gene/accession/NM_000546%2CXX/dataset_report");
        assertThat(request.path()).isEqualTo("/datasets/v2/gene/accession/NM_000546,XX/dataset_report");
        assertThat(request.parameters()).containsOnly(Map.entry("table_fields", List.of("gene-id", "symbol")));
        assertThat(request.parameter("table_fields")).contains("gene-id");
        assertThat(request.header("x-test")).contains("yes");
        assertThat(request.ids()).containsExactly("NM_000546", "XX");
        assertThat(request.body()).isEmpty();
        assertThat(request.status()).isEqualTo(200);
        assertThat(request.reports()).isEqualTo(1);
        assertThat(request.bytesSent()).isEqualTo(reply.bytes().length);
        assertThat(request.completedNanos()).isGreaterThanOrEqualTo(request.arrivedNanos());
        assertThat(request.fault()).isEmpty();
    }

    @Test
    void bodiesAreRecorded() {
        client.post("/gene", "{\"locus_tags\":[\"b0001\",\"b0002\"]}", Client.GZIP);
        client.post("/gene", "nonsense");
        assertThat(service.requests(request -> request.method().equals("POST"))).hasSize(2);
        assertThat(service.requests().get(0).ids()).containsExactly("b0001", "b0002");
        assertThat(service.requests().get(0).sequence())
                .isLessThan(service.requests().get(1).sequence());
        assertThat(service.requests().get(1).body()).isEqualTo("nonsense");
        assertThat(service.requests().get(1).ids()).isEmpty();
        assertThat(service.requests().get(1).status()).isEqualTo(400);
        service.clearRequests();
        assertThat(service.requests()).isEmpty();
        assertThat(service.log().size()).isZero();
    }

    @Test
    @Timeout(30)
    void hundredsOfRequestsWaitAtOnce() throws InterruptedException {
        service.faults().always(Fault.noAnswer());
        List<CompletableFuture<Client.Reply>> replies = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            replies.add(client.getAsync("/gene/id/7157"));
        }
        while (service.faults().held() < 300) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        service.faults().clear();
        replies.forEach(reply -> assertThat(reply.join().status()).isEqualTo(200));
        assertThat(service.log().peakInFlight()).isEqualTo(300);
        assertThat(service.log().peakWithin(Duration.ofSeconds(20))).isEqualTo(300);
    }

    @Test
    void peaksAreOfAnyWindow() {
        RequestLog log = new RequestLog();
        for (long millis : new long[] {0, 400, 900, 1300, 1399, 1400, 2500}) {
            log.add(new Exchange(
                    1,
                    Instant.EPOCH,
                    millis * 1_000_000,
                    "GET",
                    "",
                    "",
                    Map.of(),
                    Map.of(),
                    ApiKeyTrace.NONE,
                    "",
                    List.of()));
        }
        assertThat(log.peakPerSecond()).isEqualTo(4);
        assertThat(log.peakWithin(Duration.ofMillis(100))).isEqualTo(2);
        assertThat(log.peakWithin(Duration.ofMillis(101))).isEqualTo(3);
    }
}
