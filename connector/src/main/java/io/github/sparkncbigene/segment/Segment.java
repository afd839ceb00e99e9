package io.github.sparkncbigene.segment;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * A file of cached identifiers, which never changes once it exists.
 *
 * <pre>
 * blocks, chunks of the index, each compressed
 * footer: scope, number of entries, then of blocks and chunks: place, sizes, seal
 * tail: length of the footer (4 bytes), its seal (32), {@link #MAGIC} (8)
 * </pre>
 *
 * @param scope what all its identifiers have in common
 * @param entries of the index
 */
public record Segment(String scope, long entries, List<Block> blocks, List<Chunk> chunks) {
    static final long MAGIC = 0x4e43424947454e31L;
    static final int TAIL = Integer.BYTES + Seals.LENGTH + Long.BYTES;
    static final String FOOTER = "footer";
    static final String BLOCK = "block";
    static final String CHUNK = "index";

    /** A damaged length must not be taken for a reason to use up all memory. */
    static final int LARGEST_PART = 1 << 28;

    private static final int FIXED_OF_BLOCK = Long.BYTES + 3 * Integer.BYTES + Seals.LENGTH;

    /**
     * A block of cached identifiers.
     *
     * @param offset where it begins
     * @param length compressed
     * @param inflated its length without compression
     * @param identifiers number of identifiers in the block
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Block(long offset, int length, int inflated, int identifiers, byte[] seal) {}

    /**
     * A part of the index.
     *
     * @param firstKey the least identifier in it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Chunk(long offset, int length, int inflated, byte[] firstKey, byte[] seal) {}

    /**
     * Reads the footer.
     *
     * @param length of the file
     * @param scope that it must have; null for any
     */
    public static Segment open(FSDataInputStream in, long length, String scope, Seals seals) throws IOException {
        if (length < TAIL) {
            throw new UnusableException("it is too short");
        }
        byte[] tail = bytes(in, length - TAIL, TAIL);
        DataInputStream fields = new DataInputStream(new ByteArrayInputStream(tail));
        int footerLength = fields.readInt();
        byte[] seal = fields.readNBytes(Seals.LENGTH);
        if (fields.readLong() != MAGIC) {
            throw new UnusableException("it is not a cache file of this version");
        }
        if (footerLength < 0 || footerLength > LARGEST_PART || footerLength > length - TAIL) {
            throw new UnusableException("its footer has an impossible length");
        }
        byte[] footer = bytes(in, length - TAIL - footerLength, footerLength);
        seals.check(FOOTER, footer, seal);
        try {
            Segment segment = parse(new DataInputStream(new ByteArrayInputStream(footer)), footerLength, length);
            if (scope != null && !segment.scope().equals(scope)) {
                throw new UnusableException("it belongs to another cache");
            }
            return segment;
        } catch (EOFException e) {
            throw new UnusableException("its footer ends too early");
        }
    }

    private static Segment parse(DataInputStream in, int footerLength, long fileLength) throws IOException {
        String scope = TextFields.read(in);
        long entries = in.readLong();
        int blockCount = in.readInt();
        if (blockCount < 0 || (long) blockCount * FIXED_OF_BLOCK > footerLength) {
            throw new UnusableException("it has an impossible number of blocks");
        }
        List<Block> blocks = new ArrayList<>(blockCount);
        for (int i = 0; i < blockCount; i++) {
            long offset = in.readLong();
            int length = in.readInt();
            int inflated = in.readInt();
            checkPlace(offset, length, inflated, fileLength);
            blocks.add(new Block(offset, length, inflated, in.readInt(), in.readNBytes(Seals.LENGTH)));
        }
        int chunkCount = in.readInt();
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < chunkCount; i++) {
            long offset = in.readLong();
            int length = in.readInt();
            int inflated = in.readInt();
            checkPlace(offset, length, inflated, fileLength);
            byte[] firstKey = in.readNBytes(in.readUnsignedShort());
            chunks.add(new Chunk(offset, length, inflated, firstKey, in.readNBytes(Seals.LENGTH)));
        }
        return new Segment(scope, entries, blocks, chunks);
    }

    private static void checkPlace(long offset, int length, int inflated, long fileLength) throws UnusableException {
        if (offset < 0
                || length < 0
                || inflated < 0
                || length > LARGEST_PART
                || inflated > LARGEST_PART
                || offset > fileLength - length) {
            throw new UnusableException("it has a part in an impossible place");
        }
    }

    /** Reads a part of the index. */
    public CacheIndex index(FSDataInputStream in, Chunk chunk, Seals seals) throws IOException {
        byte[] bytes = part(in, CHUNK, chunk.offset(), chunk.length(), chunk.inflated(), chunk.seal(), seals);
        return CacheIndex.read(bytes, blocks.size());
    }

    /** Reads the cached identifiers of a block, by their text, in the order written. */
    public static Map<String, CachedIdentifier> read(FSDataInputStream in, Block block, Seals seals)
            throws IOException {
        return CacheBlock.read(part(in, BLOCK, block.offset(), block.length(), block.inflated(), block.seal(), seals))
                .identifiers();
    }

    private static byte[] part(
            FSDataInputStream in, String what, long offset, int length, int inflated, byte[] seal, Seals seals)
            throws IOException {
        byte[] compressed = bytes(in, offset, length);
        seals.check(what, compressed, seal);
        return inflate(compressed, inflated);
    }

    static byte[] inflate(byte[] compressed, int length) throws UnusableException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            // The stated length may be wrong: do not allocate it before the bytes are there.
            byte[] bytes = new byte[(int) Math.min(length, Math.max(64L, compressed.length * 8L))];
            int at = 0;
            while (at < length && !inflater.finished()) {
                if (at == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(length, bytes.length * 2L));
                }
                int read = inflater.inflate(bytes, at, bytes.length - at);
                if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                at += read;
            }
            if (at != length) {
                throw new UnusableException("a part is shorter than it says");
            }
            return at == bytes.length ? bytes : Arrays.copyOf(bytes, at);
        } catch (DataFormatException e) {
            throw new UnusableException("a part cannot be decompressed");
        } finally {
            inflater.end();
        }
    }

    /** Some bytes; of a file that is cut meanwhile, no less. */
    static byte[] bytes(FSDataInputStream in, long offset, int length) throws IOException {
        in.seek(offset);
        byte[] bytes = ((InputStream) in).readNBytes(length);
        if (bytes.length < length) {
            throw new UnusableException("it is cut");
        }
        return bytes;
    }
}
