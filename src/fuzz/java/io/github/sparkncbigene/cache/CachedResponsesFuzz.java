package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.options.CacheMode;
import io.github.sparkncbigene.segment.Seals;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ResponseBody;
import io.github.sparkncbigene.service.ResponseHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Files of cached responses. An input is either a whole file (its first byte is 0), or parts one after another, each a kind,
 * two bytes for the length, and content, which get the head of a real file and true checksums.
 */
public final class CachedResponsesFuzz {
    private static final GeneRequest REQUEST =
            new GeneRequest("/gene/dataset_report", List.of(), "{\"accessions\":[\"NM_1.1\"]}", GeneRequest.JSON, true);
    private static final int AROUND_LENGTH = 3;
    private static final Path DIRECTORY = directory();
    private static final ResponseCache CACHE = new ResponseCache(
            new CacheSettings(
                    DIRECTORY.toString(),
                    Duration.ofDays(7),
                    CacheMode.NORMAL,
                    null,
                    new SerializableConfiguration(hadoop())),
            "http://127.0.0.1:1/datasets/v2",
            1 << 20,
            Clock.systemUTC());
    private static final Path FILE = write();
    private static final byte[] HEAD = head();

    private CachedResponsesFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input.length > 0 && input[0] == 0 ? input : parts(input));
        Optional<CachedResponses> found = CACHE.find(REQUEST);
        if (found.isPresent()) {
            found.get().failure();
            Optional<Response> page = found.get().take(Optional.empty());
            while (page.isPresent()) {
                read(page.get());
                page = found.get().take(page.get().nextPageToken());
            }
        }
    }

    /** A real file, for the seeds. */
    public static byte[] whole() throws IOException {
        return Files.readAllBytes(write());
    }

    private static void read(Response page) {
        try (InputStream body = page.body()) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The contract for an unreadable response.
        }
    }

    private static byte[] parts(byte[] input) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        CacheFileFormat.Writer writer = new CacheFileFormat.Writer(file);
        writer.part(CacheFileFormat.HEAD, HEAD);
        int at = 0;
        while (at + AROUND_LENGTH <= input.length) {
            int length =
                    Math.min((input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff), input.length - at - AROUND_LENGTH);
            byte[] content = new byte[length];
            System.arraycopy(input, at + AROUND_LENGTH, content, 0, length);
            writer.part(input[at], content);
            at += AROUND_LENGTH + length;
        }
        writer.part(CacheFileFormat.END, writer.seal(Seals.of(Optional.empty())));
        return file.toByteArray();
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("cache");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path write() {
        try (ResponseWriter writer = CACHE.write(REQUEST)) {
            byte[] body = "{\"reports\":[{\"gene\":{\"gene_id\":\"1\"},\"query\":[\"NM_1.1\"]}]}"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            writer.add(
                    Optional.empty(),
                    new Response(
                            new ResponseHead("POST x", Optional.of("t1"), Optional.of("id")),
                            new ResponseBody(body, false, 1 << 20)));
            writer.add(
                    Optional.of("t1"),
                    new Response(
                            new ResponseHead("POST x", Optional.empty(), Optional.empty()),
                            new ResponseBody(body, false, 1 << 20)));
            writer.finish();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(DIRECTORY.resolve("responses"), "*.answers")) {
            Path file = files.iterator().next();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] head() {
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(FILE))) {
            return new CacheFileFormat.Reader(in).part(Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the checksums that Hadoop puts beside local files. */
    private static Configuration hadoop() {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
        return hadoop;
    }
}
