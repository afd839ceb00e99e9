package io.github.sparkncbigene.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;

/** Something that goes wrong with one request; {@link Faults} says with which. */
public final class Fault {
    /** What a fault does; the numbers and texts it needs are the fault's. */
    enum Kind {
        STATUS,
        HTML,
        EMPTY,
        CONTENT_TYPE,
        NO_ANSWER,
        RESET,
        RESET_MID_BODY,
        CLOSE_MID_BODY,
        TRUNCATED_GZIP,
        CUT_BODY,
        APPENDED,
        STALLED,
        SLOW,
        REPEATED_TOKEN,
        FOREIGN_TOKEN,
        ENDLESS,
        DUPLICATE,
        WRONG_TOTAL,
        UNKNOWN_MEMBERS,
        UNKNOWN_ENUMS,
        DEEP,
        HUGE,
        GZIP_BOMB,
        BODY,
        MISSING_REPORT,
        CROSSED,
        UNASKED
    }

    private final String name;
    private final Kind kind;
    private final long number;
    private final String text;
    private final Map<String, String> headers;

    private Fault(String name, Kind kind, long number, String text, Map<String, String> headers) {
        this.name = name;
        this.kind = kind;
        this.number = number;
        this.text = text;
        this.headers = headers;
    }

    private static Fault of(String name, Kind kind) {
        return new Fault(name, kind, 0, "", Map.of());
    }

    private static Fault of(String name, Kind kind, long number) {
        return new Fault(name, kind, number, "", Map.of());
    }

    /** An error response with that status and NCBI's JSON body. */
    public static Fault status(int status) {
        return status(status, Map.of());
    }

    /** An error response with that status, NCBI's JSON body and these headers too. */
    public static Fault status(int status, Map<String, String> headers) {
        return new Fault("status " + status, Kind.STATUS, status, "", Map.copyOf(headers));
    }

    /** Status 400 with that message, in NCBI's words and JSON. */
    public static Fault badRequest(String message) {
        return new Fault("status 400", Kind.STATUS, 400, Objects.requireNonNull(message), Map.of());
    }

    /** Status 429 without {@code retry-after}. */
    public static Fault tooManyRequests() {
        return status(429);
    }

    /** Status 429 with {@code retry-after} in seconds. */
    public static Fault tooManyRequests(int retryAfterSeconds) {
        return status(429, Map.of("retry-after", Integer.toString(retryAfterSeconds)));
    }

    /** Status 429 with {@code retry-after} as an HTTP date. */
    public static Fault tooManyRequestsUntil(Instant time) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC));
        return status(429, Map.of("retry-after", date.replace(" Z", " GMT")));
    }

    /** A page of HTML with that status, 200 among them. */
    public static Fault html(int status) {
        return of("html " + status, Kind.HTML, status);
    }

    /** Status 200 and no body. */
    public static Fault emptyBody() {
        return of("empty body", Kind.EMPTY);
    }

    /** The right body under another content type. */
    public static Fault contentType(String type) {
        return new Fault("content type", Kind.CONTENT_TYPE, 0, Objects.requireNonNull(type), Map.of());
    }

    /** No answer at all, until {@link Faults#release()} (an orderly one then) or the client closes the connection. */
    public static Fault noAnswer() {
        return of("no answer", Kind.NO_ANSWER);
    }

    /** The connection is reset instead of an answer. */
    public static Fault reset() {
        return of("reset", Kind.RESET);
    }

    /** The connection is reset after the headers and half of the body. */
    public static Fault resetMidBody() {
        return of("reset mid-body", Kind.RESET_MID_BODY);
    }

    /** The connection is closed after the headers and half of the body. */
    public static Fault closeMidBody() {
        return of("close mid-body", Kind.CLOSE_MID_BODY);
    }

    /** A complete response whose gzip stream ends early; gzip is used whatever the client accepts. */
    public static Fault truncatedGzip() {
        return of("truncated gzip", Kind.TRUNCATED_GZIP);
    }

    /** A complete response whose body stops half way. */
    public static Fault cutBody() {
        return of("cut body", Kind.CUT_BODY);
    }

    /** A complete response with the body twice, one after the other. */
    public static Fault concatenatedBody() {
        return of("concatenated body", Kind.APPENDED);
    }

    /** A complete response with that text after the body. */
    public static Fault appended(String garbage) {
        return new Fault("appended", Kind.APPENDED, 0, Objects.requireNonNull(garbage), Map.of());
    }

    /** Headers and half of the body, then nothing until {@link Faults#release()} sends the rest. */
    public static Fault stalledBody() {
        return of("stalled body", Kind.STALLED);
    }

    /** The body in drips of that many bytes, with that pause between them. */
    public static Fault slowBody(int bytes, Duration pause) {
        if (bytes < 1) {
            throw new IllegalArgumentException("A drip has at least one byte, not " + bytes);
        }
        return new Fault("slow body", Kind.SLOW, bytes, Long.toString(pause.toNanos()), Map.of());
    }

    /** The next page's token is the one this page was asked for with (or that of the first page again). */
    public static Fault repeatedToken() {
        return of("repeated token", Kind.REPEATED_TOKEN);
    }

    /** Status 400 for the page token. */
    public static Fault expiredToken() {
        return new Fault(
                "expired token", Kind.STATUS, 400, "Invalid argument provided: 'expired page token'.", Map.of());
    }

    /** The next page's token is one that the service will refuse. */
    public static Fault foreignToken() {
        return of("foreign token", Kind.FOREIGN_TOKEN);
    }

    /** Every page has a next one: after the last comes the first again. Meant for all requests of a test. */
    public static Fault endlessPages() {
        return of("endless pages", Kind.ENDLESS);
    }

    /** The page starts with the last report of the page before it (or ends with its first one twice). */
    public static Fault duplicateReport() {
        return of("duplicate report", Kind.DUPLICATE);
    }

    /** The first page tells that total count. */
    public static Fault wrongTotalCount(long count) {
        return of("wrong total count", Kind.WRONG_TOTAL, count);
    }

    /** Every object of the reports holds members of unknown names. */
    public static Fault unknownMembers() {
        return of("unknown members", Kind.UNKNOWN_MEMBERS);
    }

    /** Enums of the reports hold unknown values. */
    public static Fault unknownEnums() {
        return of("unknown enums", Kind.UNKNOWN_ENUMS);
    }

    /** The first report holds an unknown member of that depth. JSON only. */
    public static Fault deepNesting(int depth) {
        return of("deep nesting", Kind.DEEP, depth);
    }

    /** The first report holds an unknown string of that many bytes. JSON only. */
    public static Fault hugeReport(long bytes) {
        return of("huge report", Kind.HUGE, bytes);
    }

    /** As {@link #hugeReport}, gzipped (to about a thousandth) whatever the client accepts. */
    public static Fault gzipBomb(long bytes) {
        return of("gzip bomb", Kind.GZIP_BOMB, bytes);
    }

    /** Status 200 and that body as JSON, whatever was requested: another shape than that of a page, for example. */
    public static Fault body(String json) {
        return new Fault("body", Kind.BODY, 0, Objects.requireNonNull(json), Map.of());
    }

    /** Status 200 and an error in these words in {@code messages}, which names no identifier. */
    public static Fault errorInMessages(String words) {
        return new Fault("error in messages", Kind.BODY, 0, "{\"messages\":[" + error(words) + "]}", Map.of());
    }

    /** Status 200 and an error with that message in {@code errors} of a report without a gene. */
    public static Fault errorInReports(String message) {
        String errors = error(message).replace("{\"error\":", "{\"errors\":[").replace("}}", "}]}");
        return new Fault("error in reports", Kind.BODY, 0, "{\"reports\":[" + errors + "]}", Map.of());
    }

    private static String error(String message) {
        return Json.write(Json.object()
                .set(
                        "error",
                        Json.object()
                                .put("gene_error_code", "UNKNOWN_GENE_ERROR_CODE")
                                .put("reason", "Internal error")
                                .put("message", message)));
    }

    /** The page lacks its last report, though the total count counts it. */
    public static Fault missingReport() {
        return of("missing report", Kind.MISSING_REPORT);
    }

    /**
     * The answer to an earlier request for none of the same identifiers, as a proxy gives that mixes up its connections;
     * the right answer as long as there was no such request.
     */
    public static Fault crossedAnswer() {
        return of("crossed answer", Kind.CROSSED);
    }

    /** The page holds as many reports as it should, but of genes for which nothing in the request asks. */
    public static Fault unaskedReports() {
        return of("unasked reports", Kind.UNASKED);
    }

    /** Name of the fault, as in {@link RecordedRequest#fault()}. */
    public String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    long number() {
        return number;
    }

    String text() {
        return text;
    }

    Map<String, String> headers() {
        return headers;
    }

    @Override
    public String toString() {
        return name;
    }
}
