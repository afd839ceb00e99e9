package io.github.sparkncbigene.counters;

import java.util.Locale;

/**
 * The catalogue of counters: each counter's name, unit and description. Everything that shows or documents a counter
 * starts here.
 */
public enum Counter {
    REQUESTS("requests", Unit.NUMBER, Place.TASK, "Requests sent to the service, including retries."),
    RETRIES("requests repeated", Unit.NUMBER, Place.TASK, """
            Requests sent again after a transient failure, or because their response could not be read."""),
    RATE_WAIT("time waited for the rate limit", Unit.NANOSECONDS, Place.TASK, """
            Time that requests waited for a permit, and for the end of pauses that the service demanded. Requests wait in parallel, so the sum may exceed the task's duration."""),
    TURNS("permits granted", Unit.NUMBER, Place.TASK, """
            Permits that the rate limiter granted."""),
    RESPONSE_TIME("time waited for responses", Unit.NANOSECONDS, Place.TASK, """
            Time from a request to the last byte of its response. Requests run in parallel, so the sum may exceed the task's duration."""),
    BYTES_RECEIVED("bytes received", Unit.BYTES, Place.TASK, """
            Bodies of responses as sent, compressed, including those of failures."""),
    BYTES_DECODED("bytes decoded", Unit.BYTES, Place.TASK, """
            Bodies after decompression, as far as they were read, including those from the cache."""),
    PAGES("pages", Unit.NUMBER, Place.TASK, "Responses read to their end, including those from the cache."),
    REPORTS("reports", Unit.NUMBER, Place.TASK, "Reports in these responses; lines, if the response is TSV."),
    ROWS("rows", Unit.NUMBER, Place.TASK, "Rows returned to Spark."),
    IDENTIFIERS_DONE("identifiers done", Unit.NUMBER, Place.TASK, """
            Identifiers read completely: the progress of a read."""),
    NOT_FOUND("identifiers not found", Unit.NUMBER, Place.TASK, """
            Identifiers for which NCBI returned nothing, in every `mode`. Not counted in TSV responses, which do not show it."""),
    BATCHES_DIVIDED("batches divided", Unit.NUMBER, Place.TASK, """
            Batches replaced by smaller ones, because of their size or an identifier that the service rejects."""),
    TABLES_REREAD("batches read again as JSON", Unit.NUMBER, Place.TASK, """
            Batches whose table the connector could not use, for example because a value holds a tab. The log has the \
            first reason."""),
    IDENTIFIERS_CACHED("identifiers from the cache", Unit.NUMBER, Place.TASK, """
            Identifiers whose responses were cached, and which were therefore not requested."""),
    RESPONSES_CACHED("responses from the cache", Unit.NUMBER, Place.TASK, """
            Batches without identifiers, such as a whole taxon, whose responses were cached."""),
    IDENTIFIERS_GIVEN(
            "identifiers given",
            Unit.NUMBER,
            Place.DRIVER,
            "Identifiers that the options list, duplicates" + " counted once."),
    IDENTIFIERS_FILTERED("identifiers after filters", Unit.NUMBER, Place.DRIVER, """
            Identifiers left after filters and limit, or named by filters."""),
    IDENTIFIERS_REQUESTED("identifiers requested", Unit.NUMBER, Place.DRIVER, """
            Identifiers requested in the end: the same, unless the keys of a join's other side reduce them."""),
    PARTITIONS("partitions", Unit.NUMBER, Place.DRIVER, "Tasks of the scan."),
    REQUESTS_PLANNED("requests planned", Unit.NUMBER, Place.DRIVER, """
            Batches to request, without cached identifiers. Each page after a batch's first takes one more request.""");

    /** The place that counts. */
    public enum Place {
        /** Each task counts. */
        TASK,
        /** The driver counts once, when it plans the query. */
        DRIVER
    }

    private final String words;
    private final Unit unit;
    private final Place place;
    private final String sentence;

    Counter(String words, Unit unit, Place place, String sentence) {
        this.words = words;
        this.unit = unit;
        this.place = place;
        this.sentence = sentence;
    }

    /** Returns the name for programs, in camel case. */
    public String key() {
        StringBuilder key = new StringBuilder();
        for (String word : name().split("_", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            key.append(key.isEmpty() ? lower : word.charAt(0) + lower.substring(1));
        }
        return key.toString();
    }

    /** Returns the label that people read beside the value. */
    public String words() {
        return words;
    }

    /** Returns the unit of the value. */
    public Unit unit() {
        return unit;
    }

    /** Returns the place that counts. */
    public Place place() {
        return place;
    }

    /** Returns the description, in Markdown. */
    public String sentence() {
        return sentence;
    }
}
