package io.github.sparkncbigene.segment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one segment of several: blocks are copied as they are, without decompressing them. Only blocks that are small,
 * or most of whose identifiers are cached more recently elsewhere, are rewritten.
 */
public final class Merge {
    private static final int WORTH_COPYING = SegmentWriter.BLOCK / 4;
    private static final int NOT_COPIED = -1;
    private static final Logger LOG = LoggerFactory.getLogger(Merge.class);

    private final SegmentStore store;
    private final List<SegmentStore.Listed> files;
    private final String scope;
    private final Seals seals;
    private final long oldest;

    /**
     * @param scope that all files must have
     * @param oldest identifiers cached before this time are left out
     */
    public Merge(SegmentStore store, List<SegmentStore.Listed> files, String scope, Seals seals, long oldest) {
        this.store = store;
        this.files = files;
        this.scope = scope;
        this.seals = seals;
        this.oldest = oldest;
    }

    /** One of the segments. */
    private record Input(String file, int firstBlock, Segment segment) {}

    /**
     * Writes the new segment, then deletes the others.
     *
     * @return the new segment; empty if no identifier is left
     */
    public Optional<SegmentStore.Listed> run() throws IOException {
        List<Input> inputs = new ArrayList<>();
        List<CacheIndex> indexes = new ArrayList<>();
        int blocks = 0;
        for (SegmentStore.Listed file : files) {
            Optional<Segment> segment = open(file, blocks, indexes);
            if (segment.isPresent()) {
                inputs.add(new Input(file.name(), blocks, segment.get()));
                blocks += segment.get().blocks().size();
            }
        }
        return merge(inputs, CacheIndex.merged(indexes), blocks);
    }

    private Optional<Segment> open(SegmentStore.Listed file, int first, List<CacheIndex> indexes) throws IOException {
        try {
            return Optional.of(store.read(file.name(), in -> {
                Segment one = Segment.open(in, file.length(), scope, seals);
                CacheIndex index = new CacheIndex();
                for (Segment.Chunk chunk : one.chunks()) {
                    CacheIndex part = one.index(in, chunk, seals);
                    for (int entry = 0; entry < part.size(); entry++) {
                        if (part.time(entry) >= oldest) {
                            index.add(part, entry, first + part.block(entry));
                        }
                    }
                }
                indexes.add(index);
                return one;
            }));
        } catch (UnusableException e) {
            // It may be another's, sealed with another secret.
            return Optional.empty();
        }
    }

    private Optional<SegmentStore.Listed> merge(List<Input> inputs, CacheIndex newest, int blockCount)
            throws IOException {
        Optional<SegmentStore.Listed> merged = Optional.empty();
        if (newest.size() > 0) {
            // The merged file sorts where its last input did, because tasks decide by the names who merges next.
            long time = time(files.get(files.size() - 1).name());
            merged = Optional.of(store.write(time, out -> write(out, inputs, newest, blockCount)));
        }
        inputs.forEach(input -> store.delete(input.file()));
        return merged;
    }

    private static long time(String name) {
        try {
            return Long.parseUnsignedLong(name.substring(0, 16), 16);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return 0;
        }
    }

    private void write(OutputStream out, List<Input> inputs, CacheIndex newest, int blockCount) throws IOException {
        int[] live = new int[blockCount];
        for (int entry = 0; entry < newest.size(); entry++) {
            live[newest.block(entry)]++;
        }
        int[] copies = new int[blockCount];
        SegmentWriter writer = new SegmentWriter(out, scope, seals);
        try (OpenSegment reader = store.reader()) {
            for (Input input : inputs) {
                for (int i = 0; i < input.segment().blocks().size(); i++) {
                    Segment.Block block = input.segment().blocks().get(i);
                    int number = input.firstBlock() + i;
                    copies[number] = NOT_COPIED;
                    if (live[number] > 0) {
                        copies[number] = transfer(reader, input, block, number, live[number], newest, writer);
                    }
                }
            }
        }
        for (int entry = 0; entry < newest.size(); entry++) {
            int copy = copies[newest.block(entry)];
            if (copy != NOT_COPIED) {
                writer.addEntry(newest, entry, copy);
            }
        }
        writer.finish();
    }

    /** Brings a block over; returns its new number, if it was copied. */
    private int transfer(
            OpenSegment reader,
            Input input,
            Segment.Block block,
            int number,
            int live,
            CacheIndex newest,
            SegmentWriter writer)
            throws IOException {
        try {
            if (live * 2L >= block.identifiers() && block.inflated() >= WORTH_COPYING) {
                byte[] bytes = reader.read(input.file(), in -> Segment.bytes(in, block.offset(), block.length()));
                seals.check(Segment.BLOCK, bytes, block.seal());
                return writer.copy(block, bytes);
            }
            rewrite(reader, input, block, number, newest, writer);
        } catch (UnusableException e) {
            LOG.warn("A damaged part of the cached responses in {} is dropped: {}", input.file(), e.getMessage());
        }
        return NOT_COPIED;
    }

    private void rewrite(
            OpenSegment reader, Input input, Segment.Block block, int number, CacheIndex newest, SegmentWriter writer)
            throws IOException {
        Map<String, CachedIdentifier> identifiers = reader.read(input.file(), in -> Segment.read(in, block, seals));
        for (CachedIdentifier cached : identifiers.values()) {
            byte[] key = cached.identifier().getBytes(StandardCharsets.UTF_8);
            int entry = newest.firstFrom(key);
            boolean isNewest =
                    entry < newest.size() && newest.block(entry) == number && Arrays.equals(newest.key(entry), key);
            if (isNewest) {
                writer.add(cached);
            }
        }
    }
}
