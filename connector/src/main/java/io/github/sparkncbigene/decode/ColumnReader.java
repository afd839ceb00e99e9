package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.json.UnsafeBuffer;
import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;
import java.util.function.Function;

/** Reads a JSON value as the value of a column: an object that does not refer to the buffer it was read from. */
public final class ColumnReader implements ValueReader {
    private final UnsafeReader reader;
    private final Function<UnsafeBuffer, Object> form;

    private ColumnReader(UnsafeReader reader, Function<UnsafeBuffer, Object> form) {
        this.reader = reader;
        this.form = form;
    }

    /** Returns a reader for a single value. */
    public static ColumnReader scalar(ReportNode node) {
        Function<UnsafeBuffer, Object> form =
                switch (node.type()) {
                    case STRING, ENUM -> UnsafeBuffer::text;
                    case UINT64 -> UnsafeBuffer::value;
                    case INT, DATE -> value -> (int) value.value();
                    case GROUP -> throw new IllegalArgumentException(node.path() + " is no scalar");
                };
        return new ColumnReader(ScalarReaders.of(node), form);
    }

    public static ColumnReader struct(UnsafeStructReader struct) {
        return new ColumnReader(struct, value -> value.struct(struct.fields()));
    }

    public static ColumnReader list(UnsafeListReader list) {
        return new ColumnReader(list, UnsafeBuffer::array);
    }

    @Override
    public Object read(Utf8Json json, ReportValues into) throws IOException {
        UnsafeBuffer buffer = into.buffer();
        buffer.clear();
        if (!reader.read(json, buffer, into)) {
            return null;
        }
        into.size().add(buffer.end());
        return form.apply(buffer);
    }
}
