package io.github.sparkncbigene.segment;

import io.github.sparkncbigene.service.Retrieval;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Files of cached identifiers. An input is either a whole file behind a first byte of 0, of which only true reports may come
 * out, or parts one after another, each a kind, two bytes for the length, and content, which get a footer and true seals.
 */
public final class SegmentsFuzz {
    private static final int AROUND_LENGTH = 3;
    private static final int KINDS = 4;
    private static final int STATED = 1 << 27;
    private static final String SCOPE = "scope";
    private static final Seals SEALS = Seals.of(Optional.empty());
    private static final Map<String, CachedIdentifier> CACHED = cached();
    private static final Path FILE = file();
    private static final RawLocalFileSystem FILES = files();

    private SegmentsFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        boolean whole = input.length > 0 && input[0] == 0;
        byte[] file = whole ? Arrays.copyOfRange(input, 1, input.length) : parts(input);
        Files.write(FILE, file);
        Map<String, CachedIdentifier> found = new HashMap<>();
        try (FSDataInputStream in = FILES.open(new org.apache.hadoop.fs.Path(FILE.toString()))) {
            Segment segment = Segment.open(in, file.length, SCOPE, SEALS);
            for (Segment.Chunk chunk : segment.chunks()) {
                segment.index(in, chunk, SEALS);
            }
            for (Segment.Block block : segment.blocks()) {
                found.putAll(Segment.read(in, block, SEALS));
            }
        } catch (UnusableException e) {
            // As the contract says; others are found.
        }
        if (whole) {
            found.forEach(SegmentsFuzz::check);
        }
    }

    /** A real file, for the seeds. */
    public static byte[] whole() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SegmentWriter writer = new SegmentWriter(bytes, SCOPE, SEALS);
        for (CachedIdentifier one : CACHED.values()) {
            writer.add(one);
        }
        writer.finish();
        return bytes.toByteArray();
    }

    /** The content of a block and of an index, for the seeds. */
    public static List<byte[]> contents() {
        CacheBlock.Builder block = new CacheBlock.Builder();
        CacheIndex index = new CacheIndex();
        for (CachedIdentifier one : CACHED.values()) {
            block.add(one);
            index.add(one.identifier().getBytes(StandardCharsets.UTF_8), one.time(), 0);
        }
        CacheIndex sorted = index.sorted();
        return List.of(block.bytes(), sorted.bytes(0, sorted.size()));
    }

    private static void check(String identifier, CachedIdentifier found) {
        CachedIdentifier wanted = CACHED.get(identifier);
        boolean same = wanted != null
                && wanted.time() == found.time()
                && wanted.from().equals(found.from())
                && Arrays.equals(wanted.remarks(), found.remarks())
                && wanted.hits().size() == found.hits().size();
        for (int i = 0; same && i < wanted.hits().size(); i++) {
            CachedIdentifier.Hit hit = found.hits().get(i);
            same = wanted.hits().get(i).report().equals(hit.report())
                    && Arrays.equals(wanted.hits().get(i).warnings(), hit.warnings());
        }
        if (!same) {
            throw new IllegalStateException("wrong reports of " + identifier + ": " + found);
        }
    }

    private static byte[] parts(byte[] input) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        int blockCount = 0;
        int chunkCount = 0;
        int at = 0;
        while (at + AROUND_LENGTH <= input.length) {
            int length =
                    Math.min((input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff), input.length - at - AROUND_LENGTH);
            byte[] content = Arrays.copyOfRange(input, at + AROUND_LENGTH, at + AROUND_LENGTH + length);
            switch (Math.floorMod(input[at], KINDS)) {
                case 0 -> {
                    block(file, blocks, SegmentWriter.deflate(content), content.length);
                    blockCount++;
                }
                case 1 -> {
                    chunk(file, chunks, content);
                    chunkCount++;
                }
                case 2 -> {
                    // As if it had been compressed, and much larger before.
                    block(file, blocks, content, STATED);
                    blockCount++;
                }
                default -> rest.write(content);
            }
            at += AROUND_LENGTH + length;
        }
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(footer);
        if (blockCount + chunkCount > 0) {
            TextFields.write(fields, SCOPE);
            fields.writeLong(chunkCount);
            fields.writeInt(blockCount);
            blocks.writeTo(fields);
            fields.writeInt(chunkCount);
            chunks.writeTo(fields);
        }
        rest.writeTo(fields);
        byte[] sealed = footer.toByteArray();
        DataOutputStream out = new DataOutputStream(file);
        out.write(sealed);
        out.writeInt(sealed.length);
        out.write(SEALS.of(Segment.FOOTER, sealed));
        out.writeLong(Segment.MAGIC);
        return file.toByteArray();
    }

    private static void block(ByteArrayOutputStream file, ByteArrayOutputStream blocks, byte[] compressed, int inflated)
            throws IOException {
        DataOutputStream fields = new DataOutputStream(blocks);
        fields.writeLong(file.size());
        fields.writeInt(compressed.length);
        fields.writeInt(inflated);
        fields.writeInt(1);
        fields.write(SEALS.of(Segment.BLOCK, compressed));
        file.write(compressed);
    }

    private static void chunk(ByteArrayOutputStream file, ByteArrayOutputStream chunks, byte[] content)
            throws IOException {
        byte[] compressed = SegmentWriter.deflate(content);
        DataOutputStream fields = new DataOutputStream(chunks);
        fields.writeLong(file.size());
        fields.writeInt(compressed.length);
        fields.writeInt(content.length);
        fields.writeShort(0);
        fields.write(SEALS.of(Segment.CHUNK, compressed));
        file.write(compressed);
    }

    private static Map<String, CachedIdentifier> cached() {
        Map<String, CachedIdentifier> cached = new HashMap<>();
        Instant at = Instant.parse("2026-11-01T12:00:00Z");
        for (String accession : List.of("NM_1.1", "NM_2.1", "NM_3.1")) {
            CachedReport report = new CachedReport(
                    ("{\"gene\":{\"symbol\":\"" + accession + "\"}}").getBytes(StandardCharsets.UTF_8),
                    new Retrieval("id", at));
            cached.put(
                    accession,
                    new CachedIdentifier(
                            accession,
                            at.toEpochMilli(),
                            report.from(),
                            List.of(new CachedIdentifier.Hit(report, new byte[] {1, 2})),
                            new byte[0]));
        }
        CachedReport shared = cached.get("NM_1.1").hits().get(0).report();
        cached.put(
                "NM_4.1",
                new CachedIdentifier(
                        "NM_4.1",
                        at.toEpochMilli(),
                        shared.from(),
                        List.of(new CachedIdentifier.Hit(shared, new byte[0])),
                        new byte[0]));
        cached.put("X", new CachedIdentifier("X", 1, new Retrieval(null, null), List.of(), new byte[] {3, 4}));
        return cached;
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("segment", ".cache");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RawLocalFileSystem files() {
        try {
            RawLocalFileSystem files = new RawLocalFileSystem();
            files.initialize(FILE.toUri(), new Configuration());
            return files;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
