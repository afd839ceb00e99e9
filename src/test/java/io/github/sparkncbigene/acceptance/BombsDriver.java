package io.github.sparkncbigene.acceptance;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;

/** A driver with little memory that reads answers of a few hundred kilobytes, each of which spells millions of elements. */
final class BombsDriver {
    private static final int ELEMENTS = 21_000_000;

    /** An answer: what comes before, millions of times in the middle, and at the end. */
    private record Bomb(String report, String before, String element, String after) {}

    private static final List<Bomb> BOMBS = List.of(
            new Bomb("gene", "{\"reports\":[{\"query\":[", "\"NM_1.1\"", "]}]}"),
            new Bomb("gene", "{\"reports\":[{\"query\":[\"NM_1.1\"],\"warnings\":[", "{\"message\":\"m\"}", "]}]}"),
            new Bomb(
                    "gene",
                    "{\"reports\":[{\"query\":[\"NM_1.1\"],\"gene\":{\"gene_id\":\"1\",\"synonyms\":[",
                    "\"S\"",
                    "]}}]}"),
            new Bomb("gene", "{\"reports\":[],\"messages\":[", "{\"warning\":{}}", "]}"),
            new Bomb("gene", "{\"reports\":[", "{\"query\":[\"NM_1.1\"]}", "]}"),
            new Bomb(
                    "product",
                    "{\"reports\":[{\"query\":[\"NM_1.1\"],\"product\":{\"gene_id\":\"1\",\"transcripts\":[",
                    "{}",
                    "]}}]}"));

    private BombsDriver() {}

    /** Reads each, and writes down what the error says. */
    public static void main(String[] arguments) throws IOException {
        AtomicReference<byte[]> body = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, body.get().length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body.get());
            }
        });
        server.start();
        List<String> errors = new ArrayList<>();
        try (SparkSession spark = AnotherDriver.session("local[2]")) {
            for (Bomb bomb : BOMBS) {
                body.set(gzip(bomb));
                errors.add(error(spark, bomb.report(), server.getAddress().getPort()));
            }
        } finally {
            server.stop(0);
        }
        Files.write(Path.of(arguments[0]), errors);
    }

    private static String error(SparkSession spark, String report, int port) {
        try {
            List<?> rows = spark.read()
                    .format("ncbi-gene")
                    .option("base_url", "http://127.0.0.1:" + port)
                    .option("accessions", "NM_1.1")
                    .option("report", report)
                    .load()
                    .collectAsList();
            return "rows: " + rows.size();
        } catch (Exception e) {
            return String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        }
    }

    private static byte[] gzip(Bomb bomb) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] thousand = (bomb.element() + ",").repeat(1000).getBytes(StandardCharsets.UTF_8);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(bomb.before().getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < ELEMENTS / 1000; i++) {
                out.write(thousand);
            }
            out.write((bomb.element() + bomb.after()).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
