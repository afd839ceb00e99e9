package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.service.TooLargeException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the reports of a JSON or NDJSON response one by one, while the bytes arrive. A JSON response is one page,
 * {@code {"reports":[…]}}. In NDJSON an object may be a match, {@code {"gene":…,"query":…}}, a page, or a report by
 * itself, {@code {"gene_id":…}}; objects may follow each other with or without line ends. The other contents of the
 * response are recorded: they show whether the response is valid at all.
 */
public final class JsonReports implements Closeable {
    /** Members that identify an object without {@code gene} or {@code product} as a report by itself. */
    private static final Set<String> REPORT_MEMBERS = Set.of("gene_id", "geneId", "symbol", "tax_id", "taxId");

    private final Utf8Json json;
    private final boolean manyObjects;
    private final ObjectReader match = new ObjectReader();
    private final ObjectReader report;
    private final ReportValues values;
    private final List<NcbiWarning> messages = new ArrayList<>();
    private final List<NcbiWarning> errors = new ArrayList<>();
    private final DecodedSize size;
    private final Set<String> matchMembers = new HashSet<>();
    private String nextPageToken;
    private OptionalLong totalCount = OptionalLong.empty();
    private String oddity;
    private String said = "";
    private boolean hasReports;
    private boolean hasMembers;
    private int objects;
    private boolean inObject;
    private boolean inReports;

    /** Creates a reader with the default limits. */
    public JsonReports(InputStream bytes, boolean manyObjects, ReportForm form) throws IOException {
        this(bytes, manyObjects, form, DecodeLimits.DEFAULT);
    }

    /**
     * @param manyObjects true if the response may contain several objects, as NDJSON does; otherwise anything after the
     *     first is an error
     * @param limits limits on each report, and on all messages together
     */
    public JsonReports(InputStream bytes, boolean manyObjects, ReportForm form, DecodeLimits limits)
            throws IOException {
        this.json = Utf8Json.parser(bytes);
        this.manyObjects = manyObjects;
        this.report = form.reportReader();
        this.values = new ReportValues(form.width(), limits);
        this.size = new DecodedSize("what NCBI says beside reports", limits);
        ObjectReader.Member descriptor = (parser, slots, into) -> {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                report.read(parser, slots, into);
            } else {
                parser.skipChildren();
            }
        };
        ObjectReader.Member warning = (parser, slots, into) -> NcbiWarning.read(parser, into.warnings(), into.size());
        member("gene", descriptor);
        member("product", descriptor);
        member("query", (parser, slots, into) -> into.query().addAll(NcbiWarning.texts(parser, into.size())));
        member("warnings", warning);
        member("warning", warning);
        member("errors", (parser, slots, into) -> {
            int before = into.warnings().size();
            warning.read(parser, slots, into);
            into.errors().addAll(into.warnings().subList(before, into.warnings().size()));
        });
    }

    private void member(String name, ObjectReader.Member member) {
        match.with(name, member);
        matchMembers.add(name);
    }

    /**
     * Returns the next report, or null after the last. The report is valid until the next call.
     *
     * @throws IOException if the response is truncated, is not JSON, or does not have the service's form
     */
    public ReportValues next() throws IOException {
        try {
            ReportValues next = read();
            if (next != null && next.isEmpty()) {
                size.add(next.size());
            }
            return next;
        } catch (StreamConstraintsException e) {
            throw new TooLargeException(
                    "a name or text in it is longer than a reader takes: " + e.getOriginalMessage(),
                    "Try again later; if the error persists, check that base_url is the gene service");
        }
    }

    private ReportValues read() throws IOException {
        while (true) {
            if (inReports) {
                JsonToken token = json.nextToken();
                if (token == JsonToken.START_OBJECT) {
                    values.clear();
                    match.read(json, values.slots(), values);
                    return values;
                }
                if (token != JsonToken.END_ARRAY) {
                    throw new IOException("where a report should be there is " + token);
                }
                inReports = false;
            } else if (inObject) {
                boolean isReport = readObject();
                if (isReport) {
                    return values;
                }
            } else if (!nextObject()) {
                return null;
            }
        }
    }

    /** Returns the token of the next page, if the body contains one; known after the last report. */
    public Optional<String> nextPageToken() {
        return Optional.ofNullable(nextPageToken).filter(token -> !token.isBlank());
    }

    /** Returns NCBI's messages about the response as a whole, including errors; known after the last report. */
    public List<NcbiWarning> messages() {
        return messages;
    }

    /** Returns the messages that are errors; known after the last report. */
    public List<NcbiWarning> errors() {
        return errors;
    }

    /**
     * Returns true if the response contains a list of reports, even an empty one, or a report by itself; known after
     * the last report.
     */
    public boolean hasReports() {
        return hasReports;
    }

    /** Returns true if the response is empty or {@code {}}; known after the last report. */
    public boolean isBlank() {
        return !hasMembers;
    }

    /** Returns the number of reports on all pages together, if the body contains it; known after the last report. */
    public OptionalLong totalCount() {
        return totalCount;
    }

    /** Describes contents that a valid response never has, if there are any: {@code 'genes' and no reports}. */
    public Optional<String> oddity() {
        return Optional.ofNullable(oddity);
    }

    /** Returns the text of a gateway's error in the body; empty if there is none. */
    public String said() {
        return said;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private boolean nextObject() throws IOException {
        JsonToken token = json.nextToken();
        if (token == null) {
            if (objects == 0 && !manyObjects) {
                throw new IOException("the body is empty");
            }
            return false;
        }
        if (token != JsonToken.START_OBJECT) {
            throw new IOException("where an object should be there is " + token);
        }
        objects++;
        if (objects > 1 && !manyObjects) {
            throw new IOException("a second object follows the page");
        }
        inObject = true;
        values.clear();
        return true;
    }

    /** Reads members up to the reports or the object's end; returns true if the object itself is a report. */
    private boolean readObject() throws IOException {
        boolean isReport = false;
        String stranger = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            hasMembers = true;
            switch (name) {
                case "reports" -> {
                    if (value == JsonToken.START_ARRAY) {
                        hasReports = true;
                        inReports = true;
                        return false;
                    }
                    odd("'reports' that is not a list");
                    json.skipChildren();
                }
                case "next_page_token", "nextPageToken" -> nextPageToken = json.getValueAsString();
                case "total_count", "totalCount" -> totalCount = count(value);
                case "messages" -> readMessages();
                case "error" -> readError(value);
                case "message" -> {
                    say(value);
                    stranger = stranger == null ? name : stranger;
                }
                default -> {
                    boolean known = readReportMember(name);
                    isReport |= known;
                    stranger = known || stranger != null ? stranger : name;
                }
            }
        }
        inObject = false;
        hasReports |= isReport;
        if (!isReport && stranger != null && !hasReports) {
            odd("'" + Quoted.of(stranger) + "' and no reports");
        }
        return isReport;
    }

    private void odd(String words) {
        oddity = oddity == null ? words : oddity;
    }

    private OptionalLong count(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING) {
            return OptionalLong.of(json.getValueAsLong());
        }
        json.skipChildren();
        return OptionalLong.empty();
    }

    /** Reads a gateway's error: a text beside a message, or an object that contains the message. */
    private void readError(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        odd("an error");
        if (value != JsonToken.START_OBJECT) {
            say(value);
            return;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken inner = json.nextToken();
            if (name.equals("message") || name.equals("status")) {
                say(inner);
            } else {
                json.skipChildren();
            }
        }
    }

    /** Stores the longest text, which usually says most. */
    private void say(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            String text = json.getText();
            said = text.length() > said.length() ? text : said;
        } else {
            json.skipChildren();
        }
    }

    private boolean readReportMember(String name) throws IOException {
        boolean ofMatch = matchMembers.contains(name);
        if (!manyObjects) {
            // A page has no such members: the object should be one of its reports.
            if (name.equals("errors")) {
                int before = messages.size();
                NcbiWarning.read(json, messages, size);
                errors.addAll(messages.subList(before, messages.size()));
            } else {
                json.skipChildren();
            }
            return false;
        }
        ObjectReader.Member member = ofMatch ? match.member(name) : report.member(name);
        if (member != null) {
            member.read(json, values.slots(), values);
        } else {
            json.skipChildren();
        }
        return ofMatch || REPORT_MEMBERS.contains(name);
    }

    private void readMessages() throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            readMessage();
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return;
        }
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                readMessage();
            } else {
                json.skipChildren();
            }
        }
    }

    private void readMessage() throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            int before = messages.size();
            switch (name) {
                case "warning", "warnings" -> NcbiWarning.read(json, messages, size);
                case "error", "errors" -> {
                    NcbiWarning.read(json, messages, size);
                    errors.addAll(messages.subList(before, messages.size()));
                }
                default -> json.skipChildren();
            }
        }
    }
}
