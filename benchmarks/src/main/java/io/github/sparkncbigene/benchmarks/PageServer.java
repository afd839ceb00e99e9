package io.github.sparkncbigene.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Answers requests for made-up genes from memory: a page is made when it is asked for the first time, so that later it
 * costs no more than sending it. The stand-in of the testkit makes each report anew, which would be measured too.
 */
final class PageServer implements AutoCloseable {
    private static final Pattern ACCESSION = Pattern.compile("N[MR]_\\d+\\.\\d+");

    private final Map<String, String> matches;
    private final boolean gzip;
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final HttpServer server;

    /** @param gzip whether the pages are sent compressed */
    PageServer(Report report, int genes, boolean gzip) throws IOException {
        List<String> made = Pages.matches(report, genes);
        this.matches = IntStream.range(0, genes)
                .boxed()
                .collect(Collectors.toMap(i -> SyntheticGenes.accession(i), made::get));
        this.gzip = gzip;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "page-server");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Bytes of all pages that were asked for, as they are sent. */
    long bytes() {
        return pages.values().stream().mapToLong(page -> page.length).sum();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().getPath()
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] page = pages.computeIfAbsent(asked, this::page);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (gzip) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    private byte[] page(String asked) {
        Matcher accessions = ACCESSION.matcher(asked);
        byte[] page = Pages.page(
                accessions.results().map(found -> matches.get(found.group())).toList());
        return gzip ? compressed(page) : page;
    }

    private static byte[] compressed(byte[] page) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
