package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What users read when the service does not answer as it should. */
@ExtendWith(LocalSpark.class)
class ServiceErrorsTest {
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answers(int status, String contentType, String body) {
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.getResponseHeaders().set("Ncbi-Phid", "PHID0001");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void read(SparkSession spark, String baseUrl) {
        spark.read()
                .format("ncbi-gene")
                .option("base_url", baseUrl)
                .option("accessions", "NM_021803.4")
                .option("max_retries", 0)
                .load()
                .collectAsList();
    }

    @Test
    void aServiceThatIsDown(SparkSession spark) throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        String baseUrl = "http://127.0.0.1:" + unused;

        assertThatThrownBy(() -> read(spark, baseUrl))
                .cause()
                .hasMessageStartingWith("[NCBI_GENE_SERVICE_UNREACHABLE] No response to GET " + baseUrl
                        + "/gene/accession/NM_021803.4/dataset_report?page_size=1000: ")
                .hasMessageEndingWith("Check base_url and that this machine may reach it.");
    }

    @Test
    void notFound(SparkSession spark) {
        answers(
                404,
                "application/json",
                "{\"error\":\"Not Found\",\"code\":404,\"message\":\"Your request is invalid.\"}");

        assertThatThrownBy(() -> read(spark, baseUrl()))
                .cause()
                .hasMessage("[NCBI_GENE_REQUEST_REFUSED] Status 404 from GET " + baseUrl()
                        + "/gene/accession/NM_021803.4/dataset_report?page_size=1000 (request id PHID0001): 'Your"
                        + " request is invalid.'. Check base_url and the request's options.");
    }

    @Test
    void aWebPage(SparkSession spark) {
        answers(
                200,
                "text/html; charset=utf-8",
                "<html><head><title>Log in</title></head><body>Please log in</body></html>");

        assertThatThrownBy(() -> read(spark, baseUrl()))
                .cause()
                .hasMessage("[NCBI_GENE_BAD_RESPONSE] The response to GET " + baseUrl()
                        + "/gene/accession/NM_021803.4/dataset_report?page_size=1000 (request id PHID0001) is a web"
                        + " page, not a report: 'Log in Please log in'. Check that base_url is the gene service and"
                        + " that no proxy or log-in page responds in its place.");
    }

    @Test
    void anAnswerThatBreaksOff(SparkSession spark) {
        answers(200, "application/json", "{\"reports\":[{\"gene\":{\"gene_id\":\"59067\",");

        assertThatThrownBy(() -> read(spark, baseUrl()))
                .cause()
                .hasMessageStartingWith("[NCBI_GENE_BAD_RESPONSE] The response to GET " + baseUrl())
                .hasMessageContaining("(request id PHID0001) cannot be read: Unexpected end-of-input");
    }
}
