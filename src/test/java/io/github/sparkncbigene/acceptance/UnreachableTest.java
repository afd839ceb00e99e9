package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.sparkncbigene.testkit.ForwardProxy;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With all defaults, four partitions and four attempts at each task: an address that has never answered is an error
 * within 15 s, which says what is wrong. What Spark takes for the attempts depends on the machine; only on one that does
 * nothing else are the 15 s the whole time.
 */
class UnreachableTest {
    private static final Pattern OUTCOME = Pattern.compile("=> (.*) => (\\d+) ms => (.*)");
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String NO_RESPONSE = "[NCBI_GENE_SERVICE_UNREACHABLE] No response to GET ";

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"local[20,4]", "local-cluster[2,10,1024]"})
    void anAddressThatHasNeverAnsweredIsAnErrorSoon(String master) throws Exception {
        Map<String, Duration> times = unreachable(master);

        // Its certificate is an error at once: what is left is Spark's.
        Duration ofSpark = times.get("untrusted");
        assertThat(times)
                .allSatisfy(
                        (name, time) -> assertThat(time.minus(ofSpark)).as(name).isLessThan(SOON));
    }

    @Tag("soak")
    @ParameterizedTest
    @ValueSource(strings = {"local[20,4]", "local-cluster[2,10,1024]"})
    void anAddressThatHasNeverAnsweredIsAnErrorWithinFifteenSeconds(String master) throws Exception {
        assertThat(unreachable(master))
                .allSatisfy((name, time) -> assertThat(time).as(name).isLessThan(SOON));
    }

    /** Checks the messages, and returns the times until they came. */
    private Map<String, Duration> unreachable(String master) throws Exception {
        Map<String, Duration> times = new LinkedHashMap<>();
        AtomicInteger webPages = new AtomicInteger();
        HttpServer logIn = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        logIn.createContext("/", exchange -> {
            webPages.incrementAndGet();
            byte[] page = "<html><title>Log in</title></html>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        logIn.start();
        // A backlog of connections that nobody ever reads from.
        try (ServerSocket silent = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
                TlsStandIn known = TlsStandIn.start(SERVICE.baseUrl(), Files.createDirectory(temporary.resolve("a")));
                TlsStandIn unknown =
                        TlsStandIn.start(SERVICE.baseUrl(), Files.createDirectory(temporary.resolve("b")));
                ForwardProxy proxy = ForwardProxy.start().demand("user", "word")) {
            Map<String, String> addresses = new LinkedHashMap<>();
            addresses.put("refused", "http://127.0.0.1:1");
            addresses.put("unknown host", "https://nowhere.invalid");
            addresses.put("other name", "https://127.0.0.1:" + known.port());
            addresses.put("untrusted", "https://localhost:" + unknown.port());
            addresses.put("no TLS", "https://127.0.0.1:" + logIn.getAddress().getPort());
            addresses.put("silent TLS", "https://127.0.0.1:" + silent.getLocalPort());
            addresses.put("web page", "http://127.0.0.1:" + logIn.getAddress().getPort());
            addresses.put("no proxy", "https://nowhere.invalid through 127.0.0.1:1");
            addresses.put("stern proxy", "https://nowhere.invalid through " + proxy.address());
            addresses.put("lost proxy", "https://nowhere.invalid through nowhere.invalid:3128");
            Map<String, String> said = run(master, known.trustStore(), addresses, times);

            assertThat(said.get("refused"))
                    .startsWith(NO_RESPONSE + "http://127.0.0.1:1/")
                    .contains("Connection refused")
                    .contains("If this machine reaches the internet through a proxy, set proxy_address.")
                    .contains("this address has never responded");
            assertThat(said.get("unknown host"))
                    .startsWith(NO_RESPONSE + "https://nowhere.invalid/")
                    .contains("UnknownHostException")
                    .contains("set proxy_address");
            assertThat(said.get("other name"))
                    .startsWith(NO_RESPONSE)
                    .contains("base_url must have the name that is in the certificate.");
            assertThat(said.get("untrusted")).startsWith(NO_RESPONSE).contains("Java's trust store");
            assertThat(said.get("no TLS")).startsWith(NO_RESPONSE).contains("base_url may need http");
            assertThat(said.get("silent TLS"))
                    .startsWith(NO_RESPONSE)
                    .contains("The other side accepted the connection; it may not use TLS");
            assertThat(said.get("web page"))
                    .startsWith("[NCBI_GENE_BAD_RESPONSE] ")
                    .contains("is a web page, not a report: 'Log in'")
                    .contains("this address has never responded");
            assertThat(said.get("no proxy"))
                    .startsWith(NO_RESPONSE)
                    .contains("through the proxy http://127.0.0.1:1")
                    .contains("Check proxy_address");
            assertThat(said.get("stern proxy")).contains("Check proxy_username and proxy_password.");
            assertThat(said.get("lost proxy")).startsWith(NO_RESPONSE).contains("Check proxy_address");
        } finally {
            logIn.stop(0);
        }
        // Four partitions, three each; a repeated task gives up after one. Some may have been ended by the others' end.
        assertThat(webPages).hasValueLessThanOrEqualTo(4 * 3 + 3 * 4);
        return times;
    }

    private Map<String, String> run(
            String master, Path trustStore, Map<String, String> addresses, Map<String, Duration> times)
            throws Exception {
        Path log = temporary.resolve("log");
        List<String> arguments = new ArrayList<>(List.of(master, trustStore.toString(), SERVICE.baseUrl()));
        addresses.forEach((name, address) -> arguments.addAll(List.of(name, address)));
        Process driver = AnotherDriver.start(log, UnreachableJob.class, arguments.toArray(String[]::new));
        boolean ended = driver.waitFor(3, TimeUnit.MINUTES);
        driver.destroyForcibly();
        String all = AnotherDriver.log(log);
        assertThat(ended && driver.exitValue() == 0).as(all).isTrue();
        Map<String, String> messages = new LinkedHashMap<>();
        all.lines().map(OUTCOME::matcher).filter(Matcher::matches).forEach(outcome -> {
            times.put(outcome.group(1), Duration.ofMillis(Long.parseLong(outcome.group(2))));
            messages.put(outcome.group(1), outcome.group(3));
        });
        assertThat(messages.keySet()).containsExactlyElementsOf(addresses.keySet());
        return messages;
    }
}
