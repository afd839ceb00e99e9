package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.json.UnsafeBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was read of one report: the values wanted, and who and what NCBI says it is about. */
public final class ReportValues {
    private final int width;
    private final MalformedValues malformed = new MalformedValues();
    private final UnsafeBuffer buffer;
    private final List<Object[]> transcripts = new ArrayList<>();
    private final List<String> query = new ArrayList<>();
    private final List<NcbiWarning> warnings = new ArrayList<>();
    private Object[] slots;
    private String requestId;

    /** @param width slots of a row, the hidden ones included */
    ReportValues(int width) {
        this(width, new UnsafeBuffer());
    }

    private ReportValues(int width, UnsafeBuffer buffer) {
        this.width = width;
        this.buffer = buffer;
        this.slots = new Object[width];
    }

    /** Forgets the report before; what was handed out of it stays as it was. */
    void clear() {
        slots = new Object[width];
        transcripts.clear();
        query.clear();
        warnings.clear();
        malformed.clear();
    }

    /** The same, kept while the next report is read. */
    public ReportValues copy() {
        ReportValues copy = new ReportValues(width, buffer);
        copy.slots = slots;
        copy.requestId = requestId;
        copy.transcripts.addAll(transcripts);
        copy.query.addAll(query);
        copy.warnings.addAll(warnings);
        copy.malformed.remarks().addAll(malformed.remarks());
        return copy;
    }

    /** Takes note of NCBI's id of the request that this is the answer to; null where it gave none. */
    public void answers(String id) {
        requestId = id;
    }

    /** NCBI's id of the request that this is the answer to. */
    String requestId() {
        return requestId;
    }

    /** The slots of the report itself. */
    Object[] slots() {
        return slots;
    }

    /** New slots for a transcript of the report. */
    Object[] addTranscript() {
        Object[] transcript = new Object[width];
        transcripts.add(transcript);
        return transcript;
    }

    List<Object[]> transcripts() {
        return transcripts;
    }

    /** The identifiers that hit this gene, as NCBI echoes them. */
    public List<String> query() {
        return query;
    }

    /** Whether nothing was read but what NCBI remarks: there is no gene then, for one has a GeneID, which is read. */
    public boolean isEmpty() {
        for (Object value : slots) {
            if (value != null) {
                return false;
            }
        }
        return transcripts.isEmpty() && malformed.remarks().isEmpty();
    }

    /** What NCBI remarks on it. */
    public List<NcbiWarning> warnings() {
        return warnings;
    }

    /** Remarks on values that read as null, since they are not of their field's type. */
    public List<String> malformedValues() {
        return malformed.remarks();
    }

    /** Where a value is put together while it is read. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    MalformedValues malformed() {
        return malformed;
    }

    @Override
    public String toString() {
        return query + " " + Arrays.toString(slots);
    }
}
