package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.json.UnsafeBuffer;
import io.github.sparkncbigene.json.Utf8Json;
import java.io.IOException;

/** Reads one JSON value into the binary form in which Spark holds it inside a row. */
interface UnsafeReader {
    /**
     * Reads the value whose first token the parser is at, and leaves the parser at its last token. A value of fixed size
     * is handed to the buffer; any other is appended, and its size handed over.
     *
     * @param into the report being read, which takes remarks on malformed values
     * @return false for a JSON null or a value that is not of the field's type, which appends nothing
     */
    boolean read(Utf8Json json, UnsafeBuffer to, ReportValues into) throws IOException;

    /** Bytes of a value in an array; 0 where values are of different sizes. */
    int fixedSize();
}
