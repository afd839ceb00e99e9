package io.github.sparkncbigene.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Jackson's parser, extended to return the text of a string as the bytes that were received: Spark holds text in UTF-8
 * too, so nothing has to be decoded and encoded. Skipped values are not split into tokens.
 */
public final class Utf8Json extends UTF8StreamJsonParser {
    private static final Factory FACTORY = new Factory();
    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int MOST_DIGITS = 18;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;

    /** Holds what Jackson's factory shares between parsers: the names seen so far. */
    private static final class Factory extends JsonFactory {
        private static final long serialVersionUID = 1;

        Factory() {
            super(new JsonFactoryBuilder()
                    // Unknown members may nest to any depth: they are skipped without recursion.
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .build()));
        }

        Utf8Json parser(InputStream bytes) throws IOException {
            return new Utf8Json(
                    _createContext(_createContentReference(bytes), false),
                    _parserFeatures,
                    bytes,
                    _byteSymbolCanonicalizer.makeChild(_factoryFeatures),
                    new FilledBuffer(bytes));
        }
    }

    /** The parser's buffer with the first bytes of the text, of which a byte order mark is skipped. */
    private static final class FilledBuffer {
        private final byte[] buffer = new byte[BUFFER];
        private final int start;
        private final int end;

        FilledBuffer(InputStream bytes) throws IOException {
            int mark = BYTE_ORDER_MARK.length;
            this.end = bytes.readNBytes(buffer, 0, mark);
            this.start = Arrays.equals(buffer, 0, mark, BYTE_ORDER_MARK, 0, mark) ? mark : 0;
        }
    }

    private final ValueEnd valueEnd = new ValueEnd();

    /**
     * A member's name as it appears in JSON, from its first quote to the colon. It is compared eight bytes at a time.
     */
    static final class Name {
        private final long[] words;
        private final long lastMask;
        private final int length;

        /** @param name a name with a UTF-8 form */
        Name(String name) {
            String quoted = "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + "\":";
            byte[] bytes = quoted.getBytes(StandardCharsets.UTF_8);
            this.length = bytes.length;
            this.words = new long[(length + Long.BYTES - 1) / Long.BYTES];
            byte[] padded = Arrays.copyOf(bytes, words.length * Long.BYTES);
            for (int i = 0; i < words.length; i++) {
                words[i] = (long) WORDS.get(padded, i * Long.BYTES);
            }
            this.lastMask = -1L >>> ((padded.length - length) * Byte.SIZE);
        }

        private boolean isAt(byte[] in, int at) {
            int last = words.length - 1;
            for (int i = 0; i < last; i++) {
                if ((long) WORDS.get(in, at + i * Long.BYTES) != words[i]) {
                    return false;
                }
            }
            return (((long) WORDS.get(in, at + last * Long.BYTES) ^ words[last]) & lastMask) == 0;
        }
    }

    private Utf8Json(
            IOContext context, int features, InputStream bytes, ByteQuadsCanonicalizer names, FilledBuffer first) {
        super(context, features, bytes, null, names, first.buffer, first.start, first.end, first.start, false);
    }

    /** Creates a parser of the text, which must be UTF-8. */
    public static Utf8Json parser(InputStream bytes) throws IOException {
        return FACTORY.parser(bytes);
    }

    /** Skips the object or array at whose start the parser stands, if any, by looking at brackets and strings only. */
    @Override
    public JsonParser skipChildren() throws IOException {
        JsonToken token = _currToken;
        if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
            return this;
        }
        boolean isObject = token == JsonToken.START_OBJECT;
        valueEnd.begin(isObject);
        int end = valueEnd.find(_inputBuffer, _inputPtr, _inputEnd);
        while (end < 0) {
            _inputPtr = _inputEnd;
            if (!_loadMore()) {
                _handleEOF();
            }
            end = valueEnd.find(_inputBuffer, _inputPtr, _inputEnd);
        }
        _inputPtr = end;
        _parsingContext = _parsingContext.clearAndGetParent();
        _currToken = isObject ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
        return this;
    }

    /**
     * Moves to the value of the object's next member if that member has this name and is written as the service writes
     * it, without white space. Otherwise the parser does not move: {@link #nextFieldName()} finds the next member.
     */
    boolean nextValueOf(Name name) throws IOException {
        if (_tokenIncomplete) {
            _skipString();
        }
        byte[] in = _inputBuffer;
        int at = _inputPtr;
        if (_currToken != JsonToken.START_OBJECT) {
            if (at == _inputEnd || in[at] != ',') {
                return false;
            }
            at++;
        }
        int value = at + name.length;
        if (value >= _inputEnd || at + name.words.length * Long.BYTES > in.length || !name.isAt(in, at)) {
            return false;
        }
        byte first = in[value];
        if (first != '"' && first != '{' && first != '[' && (first < '0' || first > '9')) {
            return false;
        }
        _inputPtr = value + 1;
        _parsingContext.expectComma();
        switch (first) {
            case '"' -> {
                _tokenIncomplete = true;
                _currToken = JsonToken.VALUE_STRING;
            }
            case '{' -> {
                createChildObjectContext(_tokenInputRow, _tokenInputCol);
                _currToken = JsonToken.START_OBJECT;
            }
            case '[' -> {
                createChildArrayContext(_tokenInputRow, _tokenInputCol);
                _currToken = JsonToken.START_ARRAY;
            }
            default -> _currToken = _parseUnsignedNumber(first);
        }
        return true;
    }

    /** Skips the rest of an unwanted string. */
    @Override
    protected void _skipString() throws IOException {
        int end = endOfPlainText();
        if (end < 0) {
            super._skipString();
        } else {
            _inputPtr = end + 1;
            _tokenIncomplete = false;
        }
    }

    /** Appends the text of the current scalar token; returns its length in bytes of UTF-8. */
    public int appendText(UnsafeBuffer to) throws IOException {
        if (_currToken == JsonToken.VALUE_STRING && _tokenIncomplete) {
            int end = endOfPlainText();
            if (end >= 0) {
                int length = end - _inputPtr;
                to.append(_inputBuffer, _inputPtr, length);
                _inputPtr = end + 1;
                _tokenIncomplete = false;
                return length;
            }
        }
        byte[] text =
                new String(getTextCharacters(), getTextOffset(), getTextLength()).getBytes(StandardCharsets.UTF_8);
        to.append(text, 0, text.length);
        return text.length;
    }

    /**
     * Returns the number in the current string token if it consists of at most {@code most} digits (18 or less).
     * Returns -1 for any other text, which can then still be read.
     */
    public long digits(int most) {
        if (_currToken != JsonToken.VALUE_STRING || !_tokenIncomplete) {
            return -1;
        }
        int limit = Math.min(_inputEnd, _inputPtr + Math.min(most, MOST_DIGITS) + 1);
        long value = 0;
        for (int at = _inputPtr; at < limit; at++) {
            int digit = _inputBuffer[at] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
            } else if (_inputBuffer[at] == '"' && at > _inputPtr) {
                _inputPtr = at + 1;
                _tokenIncomplete = false;
                return value;
            } else {
                return -1;
            }
        }
        return -1;
    }

    /**
     * Returns the position of the quote that ends the current string. Returns -1 if the string continues beyond the
     * buffer, or holds an escape or anything else that is not literal text.
     */
    private int endOfPlainText() {
        byte[] in = _inputBuffer;
        boolean ascii = true;
        int at = _inputPtr;
        for (int last = _inputEnd - Long.BYTES; at <= last; at += Long.BYTES) {
            long word = (long) WORDS.get(in, at);
            long control = (word - 0x20 * ONES) & ~word;
            long stops = (zeroes(word ^ ('"' * ONES)) | zeroes(word ^ ('\\' * ONES)) | control) & HIGH_BITS;
            if (stops == 0) {
                ascii &= (word & HIGH_BITS) == 0;
                continue;
            }
            // The lowest mark is correct; the marks above it may come from carries.
            int first = Long.numberOfTrailingZeros(stops) >>> 3;
            ascii &= (word & HIGH_BITS & ((1L << (first * Byte.SIZE)) - 1)) == 0;
            int end = at + first;
            return in[end] == '"' && (ascii || Utf8.isValid(in, _inputPtr, end)) ? end : -1;
        }
        for (; at < _inputEnd; at++) {
            byte b = in[at];
            if (b == '"') {
                return ascii || Utf8.isValid(in, _inputPtr, at) ? at : -1;
            }
            if (b == '\\' || (b >= 0 && b < 0x20)) {
                return -1;
            }
            ascii &= b >= 0;
        }
        return -1;
    }

    /** Marks the lowest zero byte in that byte's highest bit. */
    private static long zeroes(long word) {
        return (word - ONES) & ~word;
    }
}
