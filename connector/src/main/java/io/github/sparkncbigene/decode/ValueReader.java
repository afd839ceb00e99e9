package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.json.Utf8Json;
import java.io.IOException;

/** Reads one JSON value into the form in which Spark holds it inside a row. */
public interface ValueReader {
    /**
     * Reads the value at whose first token the parser stands, and leaves the parser at the value's last token.
     *
     * @param into the report being read, which collects warnings about malformed values
     * @return Spark's internal value; null for a JSON null or a value of the wrong type
     */
    Object read(Utf8Json json, ReportValues into) throws IOException;
}
