package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.json.UnsafeBuffer;
import io.github.sparkncbigene.json.Utf8Json;
import java.io.IOException;

/** Reads one JSON value into the binary form in which Spark holds it inside a row. */
public interface UnsafeReader {
    /**
     * Reads the value at whose first token the parser stands, and leaves the parser at the value's last token. A value
     * of fixed size is stored in the buffer. Any other value is appended, and its size is stored.
     *
     * @param into the report being read, which collects warnings about malformed values
     * @return false for a JSON null or a value of the wrong type; nothing is appended then
     */
    boolean read(Utf8Json json, UnsafeBuffer to, ReportValues into) throws IOException;

    /** Returns the size in bytes of a value in an array; 0 if the values differ in size. */
    int fixedSize();
}
