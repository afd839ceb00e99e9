package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.json.Utf8Json;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The reports of a JSON or NDJSON answer, one after another as the bytes come in. A JSON answer is one page,
 * {@code {"reports":[…]}}. In NDJSON an object may be a match, {@code {"gene":…,"query":…}}, a page, or a report by
 * itself, {@code {"gene_id":…}}; objects may follow each other with or without line ends.
 */
public final class JsonReports implements Closeable {
    /** Members by which an object without {@code gene} or {@code product} is known to be a report by itself. */
    private static final Set<String> REPORT_MEMBERS = Set.of("gene_id", "geneId", "symbol", "tax_id", "taxId");

    private final Utf8Json json;
    private final boolean manyObjects;
    private final ObjectReader match = new ObjectReader();
    private final ObjectReader report;
    private final ReportValues values;
    private final List<NcbiWarning> messages = new ArrayList<>();
    private final Set<String> matchMembers = new HashSet<>();
    private String nextPageToken;
    private int objects;
    private boolean inObject;
    private boolean inReports;

    /**
     * @param manyObjects whether the answer may hold several objects, as NDJSON does; else anything after the first is
     *     an error
     */
    public JsonReports(InputStream bytes, boolean manyObjects, RowLayout layout) throws IOException {
        this.json = Utf8Json.parser(bytes);
        this.manyObjects = manyObjects;
        this.report = layout.reportReader();
        this.values = new ReportValues(layout.width());
        ObjectReader.Member descriptor = (parser, slots, into) -> {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                report.read(parser, slots, into);
            } else {
                parser.skipChildren();
            }
        };
        ObjectReader.Member warning = (parser, slots, into) -> NcbiWarning.read(parser, into.warnings());
        member("gene", descriptor);
        member("product", descriptor);
        member("query", (parser, slots, into) -> into.query().addAll(NcbiWarning.texts(parser)));
        member("warnings", warning);
        member("warning", warning);
        member("errors", warning);
    }

    private void member(String name, ObjectReader.Member member) {
        match.with(name, member);
        matchMembers.add(name);
    }

    /**
     * The next report, or null after the last. What it returns is valid until the next call.
     *
     * @throws IOException where the answer is cut, is no JSON, or not of the service's form
     */
    public ReportValues next() throws IOException {
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

    /** The token of the next page, where the body holds one; known after the last report. */
    public Optional<String> nextPageToken() {
        return Optional.ofNullable(nextPageToken).filter(token -> !token.isEmpty());
    }

    /** What NCBI says about the answer as a whole; known after the last report. */
    public List<NcbiWarning> messages() {
        return messages;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private boolean nextObject() throws IOException {
        JsonToken token = json.nextToken();
        if (token == null) {
            if (objects == 0 && !manyObjects) {
                throw new IOException("the answer is empty");
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

    /** Reads members up to the reports or the object's end; whether the object was itself a report. */
    private boolean readObject() throws IOException {
        boolean isReport = false;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (name) {
                case "reports" -> {
                    if (value == JsonToken.START_ARRAY) {
                        inReports = true;
                        return false;
                    }
                    if (value != JsonToken.VALUE_NULL) {
                        throw new IOException("reports is no array");
                    }
                }
                case "next_page_token", "nextPageToken" -> nextPageToken = json.getValueAsString();
                case "messages" -> readMessages();
                case "error" -> throw new IOException("the answer is an error: '" + json.getValueAsString() + "'");
                default -> isReport |= readReportMember(name);
            }
        }
        inObject = false;
        return isReport;
    }

    private boolean readReportMember(String name) throws IOException {
        boolean ofMatch = matchMembers.contains(name);
        ObjectReader.Member member = ofMatch ? match.member(name) : report.member(name);
        if (member != null) {
            member.read(json, values.slots(), values);
        } else {
            json.skipChildren();
        }
        return ofMatch || REPORT_MEMBERS.contains(name);
    }

    private void readMessages() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals("warning") || name.equals("error")) {
                    NcbiWarning.read(json, messages);
                } else {
                    json.skipChildren();
                }
            }
        }
    }
}
