package io.github.sparkncbigene.segment;

import io.github.sparkncbigene.service.Retrieval;
import java.util.Arrays;
import java.util.Objects;

/**
 * A report as it came from NCBI.
 *
 * @param json the complete object, in UTF-8
 * @param from the response that it stood in
 */
@SuppressWarnings("ArrayRecordComponent")
public record CachedReport(byte[] json, Retrieval from) {
    @Override
    public boolean equals(Object other) {
        return other instanceof CachedReport that && Arrays.equals(json, that.json) && from.equals(that.from);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(json), from);
    }

    @Override
    public String toString() {
        return "CachedReport[" + json.length + " bytes, " + from + "]";
    }
}
