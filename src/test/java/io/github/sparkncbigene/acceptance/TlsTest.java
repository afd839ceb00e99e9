package io.github.sparkncbigene.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The jar's client over TLS, which NCBI is asked with: whom this JVM trusts is trusted, under its own name only. */
@ExtendWith(LocalSpark.class)
class TlsTest {
    private static final String KEY = "0123456789-marked-key-abcdefghij";

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    @TempDir
    static Path temporary;

    private static TlsStandIn server;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, InterruptedException {
        server = TlsStandIn.start(SERVICE.baseUrl(), temporary);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> read(SparkSession spark, String host) {
        return read(spark, host, server.port());
    }

    private static List<String> read(SparkSession spark, String host, int port) {
        return LocalSpark.rows(spark.read()
                .format("ncbi-gene")
                .option("base_url", "https://" + host + ":" + port + "/")
                .option("api_key", KEY)
                .option("accessions", "NM_021803.4")
                .option("method", "get")
                .option("max_retries", 0)
                .load()
                .select("accession", "symbol"));
    }

    @Test
    void aTrustedHostUnderItsOwnNameIsAsked(SparkSession spark) {
        assertThat(read(spark, "localhost")).containsExactly("NM_021803.4|IL21");
    }

    @Test
    void underAnotherNameItIsNot(SparkSession spark) {
        assertThatThrownBy(() -> read(spark, "127.0.0.1"))
                .cause()
                .hasMessageStartingWith("[NCBI_GENE_SERVICE_UNREACHABLE]")
                .hasMessageContaining("127.0.0.1");
        assertThat(SERVICE.requests()).isEmpty();
    }

    /** The proxy takes the place of all names but those of this machine, and sees no more than the name. */
    @Test
    void theProxyOfThisJvmIsUsed(SparkSession spark) throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Relay proxy = new Relay(server.port(), client -> heard.add(tunnel(client)))) {
            System.setProperty("https.proxyHost", "127.0.0.1");
            System.setProperty("https.proxyPort", Integer.toString(proxy.port()));
            try {
                assertThat(read(spark, "genes.example.org", 443)).containsExactly("NM_021803.4|IL21");
                assertThat(read(spark, "localhost")).containsExactly("NM_021803.4|IL21");
            } finally {
                System.clearProperty("https.proxyHost");
                System.clearProperty("https.proxyPort");
            }
        }
        assertThat(heard)
                .singleElement(STRING)
                .startsWith("CONNECT genes.example.org:443 HTTP/1.1\r\n")
                .doesNotContain(KEY);
        assertThat(SERVICE.requests()).hasSize(2);
    }

    /** Opens the way that a client asks for; what it asked. */
    private static String tunnel(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = client.getInputStream().read();
            if (b < 0) {
                throw new EOFException("cut after " + head);
            }
            head.append((char) b);
        }
        client.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(US_ASCII));
        return head.toString();
    }
}
