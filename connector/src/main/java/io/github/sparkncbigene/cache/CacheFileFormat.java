package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.segment.Seals;
import io.github.sparkncbigene.segment.TextFields;
import io.github.sparkncbigene.segment.UnusableException;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file format of the cached responses to a batch: a sequence of parts, first the head, then pages or a failure, then
 * an end. Each part has a checksum over its content, its place and the head, so that no part of one file is valid in
 * another. The end holds the seal of all parts before it.
 *
 * <pre>part = kind (1 byte), length (4), content, CRC32C (4)</pre>
 */
final class CacheFileFormat {
    /** The kinds of parts. */
    static final int HEAD = 'H';

    static final int PAGE = 'P';
    static final int FAILURE = 'T';
    static final int END = 'E';

    /** Raised when the format changes. Files of an older version are then fetched again. */
    static final int VERSION = 3;

    private static final String RESPONSES = "responses";
    private static final long AROUND_CONTENT = 9;

    private CacheFileFormat() {}

    /** Composes the content of a part. */
    interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    /** Returns the length of the content of the head, for a request. */
    static int headLength(String requestText) {
        return Integer.BYTES + Long.BYTES + Integer.BYTES + requestText.getBytes(StandardCharsets.UTF_8).length;
    }

    static byte[] content(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            content.write(out);
        }
        return bytes.toByteArray();
    }

    /** Writes parts in order. */
    static final class Writer {
        private final DataOutputStream out;
        private final MessageDigest all = Seals.digest();
        private int place;
        private int head;

        Writer(OutputStream out) {
            this.out = new DataOutputStream(out);
        }

        void part(int kind, byte[] content) throws IOException {
            CRC32C crc = crc(kind, place, head, content.length);
            crc.update(content, 0, content.length);
            int sum = (int) crc.getValue();
            out.writeByte(kind);
            out.writeInt(content.length);
            out.write(content);
            out.writeInt(sum);
            all.update(content);
            all.update((byte) kind);
            if (place == 0) {
                head = sum;
            }
            place++;
        }

        /** Returns the seal of all parts so far. */
        byte[] seal(Seals seals) {
            return seals.of(RESPONSES, all.digest());
        }
    }

    /** Reads parts in order, or one part at a known place. */
    static final class Reader {
        private final DataInputStream in;
        private final MessageDigest all = Seals.digest();
        private long offset;
        private int place;
        private int head;
        private int kind;

        Reader(InputStream in) {
            this.in = new DataInputStream(in);
        }

        /**
         * Continues in the middle of a file.
         *
         * @param offset position of the stream
         * @param place place of the next part
         * @param head checksum of the head
         */
        static Reader at(InputStream in, long offset, int place, int head) {
            Reader reader = new Reader(in);
            reader.offset = offset;
            reader.place = place;
            reader.head = head;
            return reader;
        }

        long offset() {
            return offset;
        }

        int place() {
            return place;
        }

        int head() {
            return head;
        }

        /** Returns the kind of the part read last. */
        int kind() {
            return kind;
        }

        /**
         * Returns the content of the next part.
         *
         * @param most largest length; a damaged file may name a length that exceeds the memory
         */
        byte[] part(long most) throws IOException {
            try {
                kind = in.readUnsignedByte();
                int length = in.readInt();
                if (length < 0 || length > most) {
                    throw new UnusableException("it has a part that is too long");
                }
                byte[] content = in.readNBytes(length);
                int sum = in.readInt();
                CRC32C crc = crc(kind, place, head, length);
                crc.update(content, 0, content.length);
                if (sum != (int) crc.getValue()) {
                    throw new UnusableException("a checksum does not agree");
                }
                if (kind != END) {
                    all.update(content);
                    all.update((byte) kind);
                }
                if (place == 0) {
                    head = sum;
                }
                place++;
                offset += content.length + AROUND_CONTENT;
                return content;
            } catch (EOFException e) {
                throw new UnusableException("it is cut");
            }
        }

        /** Checks the seal of all parts before the end. */
        void checkSeal(Seals seals, byte[] seal) throws UnusableException {
            seals.check(RESPONSES, all.digest(), seal);
        }

        boolean atEnd() throws IOException {
            return in.read() < 0;
        }
    }

    static void writeOptionalText(DataOutputStream out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            TextFields.write(out, text.get());
        }
    }

    static Optional<String> readOptionalText(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(TextFields.read(in)) : Optional.empty();
    }

    private static CRC32C crc(int kind, int place, int head, int length) {
        CRC32C crc = new CRC32C();
        for (int number : new int[] {kind, place, head, length}) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                crc.update(number >>> shift);
            }
        }
        return crc;
    }
}
