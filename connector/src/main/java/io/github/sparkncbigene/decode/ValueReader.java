package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.json.Utf8Json;
import java.io.IOException;

/** Reads one JSON value into the form in which Spark holds it inside a row. */
interface ValueReader {
    /**
     * Reads the value whose first token the parser is at, and leaves the parser at its last token.
     *
     * @param into the report being read, which takes remarks on malformed values
     * @return Spark's internal value, or null for a JSON null or a value that is not of the field's type
     */
    Object read(Utf8Json json, ReportValues into) throws IOException;
}
