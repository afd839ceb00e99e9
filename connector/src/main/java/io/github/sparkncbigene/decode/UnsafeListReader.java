package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.json.UnsafeBuffer;
import io.github.sparkncbigene.json.Utf8Json;
import java.io.IOException;

/** Reads a JSON array as Spark's array. A single value in place of an array counts as an array of one. */
public final class UnsafeListReader implements UnsafeReader {
    private final UnsafeReader element;
    private final int elementSize;

    /** @param element reads one element */
    public UnsafeListReader(UnsafeReader element) {
        this.element = element;
        this.elementSize = element.fixedSize();
    }

    @Override
    public int fixedSize() {
        return 0;
    }

    @Override
    public boolean read(Utf8Json json, UnsafeBuffer to, ReportValues into) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return false;
        }
        int array = to.end();
        int waited = to.pushed();
        if (token == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                add(array, json, to, into);
            }
        } else {
            add(array, json, to, into);
        }
        to.closeArray(array, waited, elementSize);
        to.value((long) to.end() - array);
        return true;
    }

    private void add(int array, Utf8Json json, UnsafeBuffer to, ReportValues into) throws IOException {
        int from = to.end();
        into.size().element();
        into.size().check(from);
        if (!element.read(json, to, into)) {
            to.pushNull();
        } else if (elementSize > 0) {
            to.pushFixed();
        } else {
            to.pushVariable(array, from);
        }
    }
}
