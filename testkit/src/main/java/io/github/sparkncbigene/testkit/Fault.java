package io.github.sparkncbigene.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;

/** A failure of one request; {@link Faults} decides which request it hits. */
public final class Fault {
    /** The kind of failure; its numbers and texts are in the fault. */
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

    /** Returns that status with NCBI's JSON error. */
    public static Fault status(int status) {
        return status(status, Map.of());
    }

    /** Returns that status with NCBI's JSON error and these additional headers. */
    public static Fault status(int status, Map<String, String> headers) {
        return new Fault("status " + status, Kind.STATUS, status, "", Map.copyOf(headers));
    }

    /** Returns status 400 with that message in NCBI's JSON error. */
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

    /** Returns an HTML page with that status, which may be 200. */
    public static Fault html(int status) {
        return of("html " + status, Kind.HTML, status);
    }

    /** Status 200 and no body. */
    public static Fault emptyBody() {
        return of("empty body", Kind.EMPTY);
    }

    /** Returns the correct body with another content type. */
    public static Fault contentType(String type) {
        return new Fault("content type", Kind.CONTENT_TYPE, 0, Objects.requireNonNull(type), Map.of());
    }

    /**
     * Sends nothing until {@link Faults#release()}, which sends a regular response, or until the client closes the
     * connection.
     */
    public static Fault noAnswer() {
        return of("no answer", Kind.NO_ANSWER);
    }

    /** Resets the connection instead of responding. */
    public static Fault reset() {
        return of("reset", Kind.RESET);
    }

    /** Resets the connection after the headers and half of the body. */
    public static Fault resetMidBody() {
        return of("reset mid-body", Kind.RESET_MID_BODY);
    }

    /** Closes the connection after the headers and half of the body. */
    public static Fault closeMidBody() {
        return of("close mid-body", Kind.CLOSE_MID_BODY);
    }

    /** Sends a complete response whose gzip stream is truncated; uses gzip whatever the client accepts. */
    public static Fault truncatedGzip() {
        return of("truncated gzip", Kind.TRUNCATED_GZIP);
    }

    /** Sends a complete response whose body is truncated to its first half. */
    public static Fault cutBody() {
        return of("cut body", Kind.CUT_BODY);
    }

    /** Sends a complete response that contains the body twice. */
    public static Fault concatenatedBody() {
        return of("concatenated body", Kind.APPENDED);
    }

    /** Sends a complete response with that text after the body. */
    public static Fault appended(String garbage) {
        return new Fault("appended", Kind.APPENDED, 0, Objects.requireNonNull(garbage), Map.of());
    }

    /** Sends the headers and half of the body; {@link Faults#release()} sends the rest. */
    public static Fault stalledBody() {
        return of("stalled body", Kind.STALLED);
    }

    /** Sends the body in pieces of that many bytes, with that pause between them. */
    public static Fault slowBody(int bytes, Duration pause) {
        if (bytes < 1) {
            throw new IllegalArgumentException("A drip has at least one byte, not " + bytes);
        }
        return new Fault("slow body", Kind.SLOW, bytes, Long.toString(pause.toNanos()), Map.of());
    }

    /**
     * Returns the requested page's own token as the token of the next page (on the first page, a token of the first
     * page).
     */
    public static Fault repeatedToken() {
        return of("repeated token", Kind.REPEATED_TOKEN);
    }

    /** Returns status 400 for the page token. */
    public static Fault expiredToken() {
        return new Fault(
                "expired token", Kind.STATUS, 400, "Invalid argument provided: 'expired page token'.", Map.of());
    }

    /** Returns a token for the next page that the service will reject. */
    public static Fault foreignToken() {
        return of("foreign token", Kind.FOREIGN_TOKEN);
    }

    /** Returns a next page token on every page: the first page follows the last. Meant for all requests of a test. */
    public static Fault endlessPages() {
        return of("endless pages", Kind.ENDLESS);
    }

    /** Starts the page with the last report of the page before it (or repeats the first report at the page's end). */
    public static Fault duplicateReport() {
        return of("duplicate report", Kind.DUPLICATE);
    }

    /** Reports that total count on the first page. */
    public static Fault wrongTotalCount(long count) {
        return of("wrong total count", Kind.WRONG_TOTAL, count);
    }

    /** Adds members with unknown names to every object of the reports. */
    public static Fault unknownMembers() {
        return of("unknown members", Kind.UNKNOWN_MEMBERS);
    }

    /** Uses unknown values for enums in the reports. */
    public static Fault unknownEnums() {
        return of("unknown enums", Kind.UNKNOWN_ENUMS);
    }

    /** Adds an unknown member of that depth to the first report. JSON only. */
    public static Fault deepNesting(int depth) {
        return of("deep nesting", Kind.DEEP, depth);
    }

    /** Adds an unknown string of that many bytes to the first report. JSON only. */
    public static Fault hugeReport(long bytes) {
        return of("huge report", Kind.HUGE, bytes);
    }

    /** Like {@link #hugeReport}, but gzipped (to about a thousandth) whatever the client accepts. */
    public static Fault gzipBomb(long bytes) {
        return of("gzip bomb", Kind.GZIP_BOMB, bytes);
    }

    /** Returns status 200 and that JSON body for any request, for example with another shape than a page. */
    public static Fault body(String json) {
        return new Fault("body", Kind.BODY, 0, Objects.requireNonNull(json), Map.of());
    }

    /** Returns status 200 and an error with this text in {@code messages}, which names no identifier. */
    public static Fault errorInMessages(String words) {
        return new Fault("error in messages", Kind.BODY, 0, "{\"messages\":[" + error(words) + "]}", Map.of());
    }

    /** Returns status 200 and an error with that message in {@code errors} of a report without a gene. */
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

    /** Leaves out the page's last report, although the total count includes it. */
    public static Fault missingReport() {
        return of("missing report", Kind.MISSING_REPORT);
    }

    /**
     * Returns the page of an earlier request for entirely different identifiers, like a proxy that mixes up its
     * connections. Returns the correct response as long as there was no such request, and to an invalid request.
     */
    public static Fault crossedAnswer() {
        return of("crossed answer", Kind.CROSSED);
    }

    /** Returns the correct number of reports, but of genes that were not requested. */
    public static Fault unaskedReports() {
        return of("unasked reports", Kind.UNASKED);
    }

    /** Returns the fault's name, as in {@link RecordedRequest#fault()}. */
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
