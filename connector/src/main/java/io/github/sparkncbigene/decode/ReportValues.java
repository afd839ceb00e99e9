package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.json.UnsafeBuffer;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.service.TooLargeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What was read of one report: the values wanted, and who and what NCBI says it is about. */
public final class ReportValues {
    private final int width;
    private final MalformedValues malformed = new MalformedValues();
    private final UnsafeBuffer buffer;
    private final List<Object[]> transcripts = new ArrayList<>();
    private final List<String> query = new ArrayList<>();
    private final List<NcbiWarning> warnings = new ArrayList<>();
    private final List<NcbiWarning> errors = new ArrayList<>();
    private final DecodedSize size;
    private Object[] slots;
    private Retrieval from = Retrieval.NONE;

    /** @param width slots of a row, the hidden ones included */
    ReportValues(int width) {
        this(width, DecodeLimits.DEFAULT);
    }

    /** @param width slots of a row, the hidden ones included */
    ReportValues(int width, DecodeLimits limits) {
        this(width, new UnsafeBuffer(), new DecodedSize("a report", limits));
    }

    private ReportValues(int width, UnsafeBuffer buffer, DecodedSize size) {
        this.width = width;
        this.buffer = buffer;
        this.size = size;
        this.slots = new Object[width];
    }

    /** Forgets the report before; what was handed out of it stays as it was. */
    void clear() {
        slots = new Object[width];
        transcripts.clear();
        query.clear();
        warnings.clear();
        errors.clear();
        malformed.clear();
        size.clear();
    }

    /** The same, kept while the next report is read. */
    public ReportValues copy() {
        return with(warnings);
    }

    /** The same with other warnings, kept while the next report is read. */
    public ReportValues with(List<NcbiWarning> others) {
        ReportValues copy = new ReportValues(width, buffer, size);
        copy.slots = slots;
        copy.from = from;
        copy.transcripts.addAll(transcripts);
        copy.query.addAll(query);
        copy.warnings.addAll(others);
        copy.errors.addAll(errors);
        copy.malformed.remarks().addAll(malformed.remarks());
        return copy;
    }

    /** Takes note of the response that this stands in. */
    public void from(Retrieval response) {
        from = response;
    }

    /** The response that this stands in. */
    Retrieval from() {
        return from;
    }

    /** The slots of the report itself. */
    Object[] slots() {
        return slots;
    }

    /** New slots for a transcript of the report. */
    Object[] addTranscript() throws TooLargeException {
        size.element();
        size.add((long) width * Integer.BYTES);
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

    /** What NCBI remarks on it, errors included. */
    public List<NcbiWarning> warnings() {
        return warnings;
    }

    /** Those of the remarks that are errors. */
    public List<NcbiWarning> errors() {
        return errors;
    }

    /** What the report says was requested where something else is returned. */
    public List<String> requested() {
        if (warnings.isEmpty()) {
            return List.of();
        }
        return warnings.stream()
                .map(NcbiWarning::requested)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Bytes of what is held of the report. */
    public long bytes() {
        return size.bytes();
    }

    /** Counts what is held of the report. */
    DecodedSize size() {
        return size;
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
