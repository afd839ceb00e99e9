package io.github.sparkncbigene.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.connector.read.streaming.Offset;

/** The progress of a stream: the position in each file that it has started. Spark stores its JSON in the checkpoint. */
public final class FilesOffset extends Offset {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String FILES = "files";
    private static final String READ = "read";
    private static final String SIZE = "size";
    private static final String DIGEST = "digest";
    private static final String REREADS = "rereads";

    private final SortedMap<String, Progress> files;

    /**
     * The position in one file.
     *
     * @param read bytes of text that were read
     * @param size size of the file when this position was its end; -1 if it was not
     * @param digest digest of the text that was read; empty if nothing was read, or if an earlier release wrote this
     *     offset
     * @param rereads number of times that the file was read from its start because another one replaced it
     */
    record Progress(long read, long size, String digest, int rereads) {
        static final Progress NONE = new Progress(0, -1, "", 0);

        /** Returns the start of the file that replaced this one. */
        Progress reread() {
            return new Progress(0, -1, "", rereads + 1);
        }
    }

    public FilesOffset(Map<String, Progress> files) {
        this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Returns the positions by the files' full paths. */
    public SortedMap<String, Progress> files() {
        return files;
    }

    Progress of(String file) {
        return files.getOrDefault(file, Progress.NONE);
    }

    @Override
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart(FILES);
            for (Map.Entry<String, Progress> file : files.entrySet()) {
                json.writeObjectFieldStart(file.getKey());
                json.writeNumberField(READ, file.getValue().read());
                if (file.getValue().size() >= 0) {
                    json.writeNumberField(SIZE, file.getValue().size());
                }
                if (!file.getValue().digest().isEmpty()) {
                    json.writeStringField(DIGEST, file.getValue().digest());
                }
                if (file.getValue().rereads() > 0) {
                    json.writeNumberField(REREADS, file.getValue().rereads());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Parses the output of {@link #json}, also that of an earlier or a later release.
     *
     * @throws NcbiGeneException with {@link ErrorCode#CHECKPOINT_UNREADABLE} if the text is something else
     */
    public static FilesOffset parse(String text) {
        Map<String, Progress> files = new TreeMap<>();
        boolean found = false;
        try (JsonParser json = JSON.createParser(text)) {
            expect(json.nextToken(), JsonToken.START_OBJECT, text);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals(FILES)) {
                    readFiles(json, files, text);
                    found = true;
                } else {
                    json.skipChildren();
                }
            }
            expect(json.nextToken(), null, text);
        } catch (IOException e) {
            throw noOffset(text, e);
        }
        if (!found) {
            throw noOffset(text, null);
        }
        return new FilesOffset(files);
    }

    private static void readFiles(JsonParser json, Map<String, Progress> files, String text) throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT, text);
        for (String file = json.nextFieldName(); file != null; file = json.nextFieldName()) {
            expect(json.nextToken(), JsonToken.START_OBJECT, text);
            long read = 0;
            long size = -1;
            String digest = "";
            int rereads = 0;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals(READ)) {
                    read = json.getLongValue();
                } else if (name.equals(SIZE)) {
                    size = json.getLongValue();
                } else if (name.equals(DIGEST)) {
                    expect(json.currentToken(), JsonToken.VALUE_STRING, text);
                    digest = json.getText();
                } else if (name.equals(REREADS)) {
                    rereads = json.getIntValue();
                } else {
                    json.skipChildren();
                }
            }
            files.put(file, new Progress(read, size, digest, rereads));
        }
    }

    private static void expect(JsonToken token, JsonToken expected, String text) {
        if (token != expected) {
            throw noOffset(text, null);
        }
    }

    private static NcbiGeneException noOffset(String text, Exception cause) {
        return NcbiGeneException.of(
                ErrorCode.CHECKPOINT_UNREADABLE,
                "The stream's checkpoint holds the offset '" + Quoted.of(text) + "', which is not a position in files"
                        + " of accessions. Start the stream with another checkpointLocation; it then reads its files"
                        + " from"
                        + " the start.",
                cause);
    }
}
