package io.github.sparkncbigene.segment;

import io.github.sparkncbigene.service.Retrieval;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A report as it came from NCBI.
 *
 * @param json the complete object, in UTF-8
 * @param from the response that it stood in
 */
@SuppressWarnings("ArrayRecordComponent")
public record CachedReport(byte[] json, Retrieval from) {
    /** Returns the reports as one response in JSON. */
    public static byte[] response(List<CachedReport> reports) {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.writeBytes("{\"reports\":[".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < reports.size(); i++) {
            if (i > 0) {
                response.write(',');
            }
            response.writeBytes(reports.get(i).json());
        }
        response.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return response.toByteArray();
    }

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
