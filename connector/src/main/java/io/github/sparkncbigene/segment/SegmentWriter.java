package io.github.sparkncbigene.segment;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Writes a segment: cached identifiers, or whole blocks of another segment, then the index and the footer. */
public final class SegmentWriter {
    /** Bytes of a block before compression. A larger block slows down reading one identifier, a smaller one reading all. */
    public static final int BLOCK = 1 << 19;

    /** Entries in one part of the index. */
    private static final int CHUNK = 4096;

    private final OutputStream out;
    private final String scope;
    private final Seals seals;
    private final List<Segment.Block> blocks = new ArrayList<>();
    private final CacheIndex index = new CacheIndex();
    private CacheBlock.Builder block = new CacheBlock.Builder();
    private long offset;

    public SegmentWriter(OutputStream out, String scope, Seals seals) {
        this.out = out;
        this.scope = scope;
        this.seals = seals;
    }

    /** Returns the number of responses that were added. */
    public int size() {
        return index.size();
    }

    /** Bytes written so far. */
    long length() {
        return offset;
    }

    /** Adds an identifier; identifiers that share a report should follow each other. */
    public void add(CachedIdentifier cached) throws IOException {
        byte[] key = cached.identifier().getBytes(StandardCharsets.UTF_8);
        if (key.length > CacheIndex.LONGEST_KEY || sizeOf(cached) > Segment.LARGEST_PART / 2) {
            // It is fetched each time.
            return;
        }
        block.add(cached);
        index.add(key, cached.time(), blocks.size());
        if (block.size() >= BLOCK) {
            endBlock();
        }
    }

    private static long sizeOf(CachedIdentifier cached) {
        return cached.remarks().length
                + cached.hits().stream()
                        .mapToLong(hit -> (long) hit.report().json().length + hit.warnings().length)
                        .sum();
    }

    /** Ends the block that is being filled, so that the next identifier goes to another. */
    private void endBlock() throws IOException {
        if (block.identifiers().isEmpty()) {
            return;
        }
        byte[] bytes = block.bytes();
        byte[] compressed = deflate(bytes);
        blocks.add(new Segment.Block(
                offset,
                compressed.length,
                bytes.length,
                block.identifiers().size(),
                seals.of(Segment.BLOCK, compressed)));
        write(compressed);
        block = new CacheBlock.Builder();
    }

    /** Adds a block of another segment as it is; returns its number. */
    int copy(Segment.Block other, byte[] compressed) throws IOException {
        endBlock();
        blocks.add(new Segment.Block(offset, other.length(), other.inflated(), other.identifiers(), other.seal()));
        write(compressed);
        return blocks.size() - 1;
    }

    /** Adds an entry of the index for an identifier in a block that was copied. */
    void addEntry(CacheIndex from, int entry, int copiedBlock) {
        index.add(from, entry, copiedBlock);
    }

    public void finish() throws IOException {
        endBlock();
        CacheIndex sorted = index.sorted();
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(footer);
        TextFields.write(fields, scope);
        fields.writeLong(sorted.size());
        fields.writeInt(blocks.size());
        for (Segment.Block one : blocks) {
            fields.writeLong(one.offset());
            fields.writeInt(one.length());
            fields.writeInt(one.inflated());
            fields.writeInt(one.identifiers());
            fields.write(one.seal());
        }
        fields.writeInt((sorted.size() + CHUNK - 1) / CHUNK);
        for (int from = 0; from < sorted.size(); from += CHUNK) {
            byte[] bytes = sorted.bytes(from, Math.min(from + CHUNK, sorted.size()));
            byte[] compressed = deflate(bytes);
            fields.writeLong(offset);
            fields.writeInt(compressed.length);
            fields.writeInt(bytes.length);
            byte[] firstKey = sorted.key(from);
            fields.writeShort(firstKey.length);
            fields.write(firstKey);
            fields.write(seals.of(Segment.CHUNK, compressed));
            write(compressed);
        }
        byte[] whole = footer.toByteArray();
        write(whole);
        DataOutputStream tail = new DataOutputStream(out);
        tail.writeInt(whole.length);
        tail.write(seals.of(Segment.FOOTER, whole));
        tail.writeLong(Segment.MAGIC);
        tail.flush();
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        offset += bytes.length;
    }

    static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4 + 64);
            byte[] buffer = new byte[1 << 14];
            while (!deflater.finished()) {
                compressed.write(buffer, 0, deflater.deflate(buffer));
            }
            return compressed.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
