package io.github.sparkncbigene.tally;

import java.util.Locale;

/**
 * The catalogue of counters: each counter's name, unit and description. Everything that shows or documents a counter
 * starts here.
 */
public enum Counter {
    REQUESTS("requests", Unit.NUMBER, Place.TASK, "Requests sent to the service, repeated ones included."),
    RETRIES("requests repeated", Unit.NUMBER, Place.TASK, """
            Requests made again: after a passing failure, or because their answer could not be read."""),
    RATE_WAIT("time waited for the rate limit", Unit.NANOSECONDS, Place.TASK, """
            How long requests waited for their turn, and for the end of pauses that the service asked for. Requests \
            wait beside each other, so this may be more than the task's duration."""),
    TURNS("turns granted", Unit.NUMBER, Place.TASK, """
            How often the rate limiter let a request be sent."""),
    RESPONSE_TIME("time waited for answers", Unit.NANOSECONDS, Place.TASK, """
            From a request to the last byte of its answer. Requests are answered beside each other, so this may be \
            more than the task's duration."""),
    BYTES_RECEIVED("bytes received", Unit.BYTES, Place.TASK, """
            Bodies of answers as they were sent, compressed; those of failures too."""),
    BYTES_DECODED("bytes decoded", Unit.BYTES, Place.TASK, """
            Bodies inflated, as far as they were read, those from `checkpoint_path` too."""),
    PAGES("pages", Unit.NUMBER, Place.TASK, "Answers read to their end, those from `checkpoint_path` too."),
    REPORTS("reports", Unit.NUMBER, Place.TASK, "Reports in them; of answers in TSV, lines."),
    ROWS("rows", Unit.NUMBER, Place.TASK, "Rows given to Spark."),
    IDENTIFIERS_DONE("identifiers done", Unit.NUMBER, Place.TASK, """
            Identifiers of which everything that the service has is read; the progress of a read."""),
    NOT_FOUND("identifiers not found", Unit.NUMBER, Place.TASK, """
            Identifiers for which NCBI returned nothing, whatever `mode` makes of them. Answers in TSV do not tell."""),
    BATCHES_DIVIDED("batches divided", Unit.NUMBER, Place.TASK, """
            Batches replaced by smaller ones, for their size or for an identifier that the service refuses."""),
    BATCHES_KEPT("batches from checkpoint_path", Unit.NUMBER, Place.TASK, """
            Batches that were answered from `checkpoint_path`."""),
    IDENTIFIERS_GIVEN("identifiers given", Unit.NUMBER, Place.DRIVER, "What the options list, duplicates once."),
    IDENTIFIERS_FILTERED("identifiers after filters", Unit.NUMBER, Place.DRIVER, """
            What filters and limit leave of them, or name themselves."""),
    IDENTIFIERS_ASKED("identifiers asked for", Unit.NUMBER, Place.DRIVER, """
            What is asked for in the end: the same, unless the keys of a join's other side narrow it."""),
    PARTITIONS("partitions", Unit.NUMBER, Place.DRIVER, "Tasks that read."),
    REQUESTS_PLANNED("requests planned", Unit.NUMBER, Place.DRIVER, """
            Batches to ask for. Each page after a batch's first is one request more.""");

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
