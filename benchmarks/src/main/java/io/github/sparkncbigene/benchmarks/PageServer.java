package io.github.sparkncbigene.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkncbigene.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Serves pages of generated genes from memory. A page is generated when its accessions are first requested, so that
 * later requests cost no more than sending it. The testkit's stand-in generates each report again, which the
 * measurement would include.
 */
final class PageServer implements AutoCloseable {
    private static final Pattern ACCESSION = Pattern.compile("N[MR]_\\d+\\.\\d+");

    private static final int PIECE = 1 << 16;

    /** Receives each response, and may delay it. */
    interface Listener {
        void answers(String path, byte[] page) throws InterruptedException;
    }

    private final Pages source;
    private final boolean gzip;
    private final Listener listener;
    private final Map<List<String>, byte[]> pages = new ConcurrentHashMap<>();
    private final HttpServer server;

    /** @param gzip true if the pages are sent compressed */
    PageServer(Report report, int genes, boolean gzip, Listener listener) throws IOException {
        this.source = new Pages(report, genes);
        this.gzip = gzip;
        this.listener = listener;
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

    /** Returns the page of the accessions; generates it if it does not exist yet. */
    byte[] page(List<String> accessions) {
        return pages.computeIfAbsent(accessions, this::made);
    }

    /** Returns the number of pages. */
    int size() {
        return pages.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String asked = path + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] page =
                page(ACCESSION.matcher(asked).results().map(MatchResult::group).toList());
        try {
            listener.answers(path, page);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("ended");
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (gzip) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, page.length);
        // The server copies each piece it gets twice.
        for (int at = 0; at < page.length; at += PIECE) {
            exchange.getResponseBody().write(page, at, Math.min(PIECE, page.length - at));
        }
        exchange.close();
    }

    private byte[] made(List<String> accessions) {
        byte[] page = Pages.page(source.matches(accessions));
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
