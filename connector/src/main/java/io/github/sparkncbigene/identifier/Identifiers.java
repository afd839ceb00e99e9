package io.github.sparkncbigene.identifier;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * An immutable, sorted list of texts without duplicates. The texts are packed as UTF-8 into one array, in whose order
 * they are. A million accessions take about 20 MB, a quarter of that when compressed for sending, and a sublist needs
 * no copy.
 */
public final class Identifiers extends AbstractList<String> implements RandomAccess, Serializable {
    private static final long serialVersionUID = 1L;

    /** The empty list. */
    public static final Identifiers NONE = new Identifiers(new byte[0], new int[1]);

    private final transient byte[] bytes;
    /** Start positions of the texts, and the end of the last one. */
    private final transient int[] starts;

    private final transient int from;
    private final transient int size;

    /**
     * @param bytes bytes of all texts, in order
     * @param starts start positions of the texts, and the end of the last one
     */
    Identifiers(byte[] bytes, int[] starts) {
        this(bytes, starts, 0, starts.length - 1);
    }

    private Identifiers(byte[] bytes, int[] starts, int from, int size) {
        this.bytes = bytes;
        this.starts = starts;
        this.from = from;
        this.size = size;
    }

    /** Returns a list of the distinct texts. */
    public static Identifiers of(Collection<String> texts) {
        if (texts instanceof Identifiers identifiers) {
            return identifiers;
        }
        IdentifiersBuilder builder = new IdentifiersBuilder();
        texts.forEach(builder::add);
        return builder.build();
    }

    /** Returns the texts in both lists. */
    public Identifiers and(Identifiers other) {
        boolean fewer = size <= other.size;
        Identifiers many = fewer ? other : this;
        IdentifiersBuilder both = new IdentifiersBuilder();
        for (String text : fewer ? this : other) {
            if (many.contains(text)) {
                both.add(text);
            }
        }
        return both.build();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String get(int index) {
        int at = from + Objects.checkIndex(index, size);
        return new String(bytes, starts[at], starts[at + 1] - starts[at], StandardCharsets.UTF_8);
    }

    /** Returns a part of the list, without copying it. */
    @Override
    public Identifiers subList(int fromIndex, int toIndex) {
        Objects.checkFromToIndex(fromIndex, toIndex, size);
        return new Identifiers(bytes, starts, from + fromIndex, toIndex - fromIndex);
    }

    @Override
    public boolean contains(Object text) {
        return indexOf(text) >= 0;
    }

    @Override
    public int indexOf(Object text) {
        if (!(text instanceof String string)) {
            return -1;
        }
        byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
        int low = from;
        int high = from + size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = Arrays.compareUnsigned(bytes, starts[middle], starts[middle + 1], utf8, 0, utf8.length);
            if (compared == 0) {
                return middle - from;
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** As for every list, returns true for any list of the same texts in the same order. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Identifiers that ? hasSame(that) : super.equals(other);
    }

    private boolean hasSame(Identifiers that) {
        int ours = starts[from];
        int theirs = that.starts[that.from];
        if (size != that.size
                || !Arrays.equals(
                        bytes, ours, starts[from + size], that.bytes, theirs, that.starts[that.from + size])) {
            return false;
        }
        for (int i = 1; i < size; i++) {
            if (starts[from + i] - ours != that.starts[that.from + i] - theirs) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /** Serializes only the part of this list. */
    private Object writeReplace() throws IOException {
        ByteBuffer lengths = ByteBuffer.allocate(size * Integer.BYTES);
        for (int i = from; i < from + size; i++) {
            lengths.putInt(starts[i + 1] - starts[i]);
        }
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(lengths.array());
            out.write(bytes, starts[from], starts[from + size] - starts[from]);
        }
        return new Deflated(size, deflated.toByteArray());
    }

    /** The serialized form: the lengths of the texts, and their bytes. */
    private static final class Deflated implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int size;
        private final byte[] content;

        Deflated(int size, byte[] content) {
            this.size = size;
            this.content = content;
        }

        private Object readResolve() throws IOException {
            try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(content))) {
                ByteBuffer lengths = ByteBuffer.wrap(in.readNBytes(size * Integer.BYTES));
                int[] starts = new int[size + 1];
                for (int i = 0; i < size; i++) {
                    starts[i + 1] = starts[i] + lengths.getInt();
                }
                return new Identifiers(in.readAllBytes(), starts);
            }
        }
    }
}
