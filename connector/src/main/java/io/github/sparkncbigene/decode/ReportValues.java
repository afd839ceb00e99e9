package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.json.UnsafeBuffer;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.service.TooLargeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The values that were read of one report, and the identifiers and warnings that NCBI attached to it. */
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

    /** @param width number of slots in a row, including hidden ones */
    public ReportValues(int width) {
        this(width, DecodeLimits.DEFAULT);
    }

    /** @param width number of slots in a row, including hidden ones */
    public ReportValues(int width, DecodeLimits limits) {
        this(width, new UnsafeBuffer(), new DecodedSize("a report", limits));
    }

    private ReportValues(int width, UnsafeBuffer buffer, DecodedSize size) {
        this.width = width;
        this.buffer = buffer;
        this.size = size;
        this.slots = new Object[width];
    }

    /** Removes the previous report; values that were handed out stay valid. */
    public void clear() {
        slots = new Object[width];
        transcripts.clear();
        query.clear();
        warnings.clear();
        errors.clear();
        malformed.clear();
        size.clear();
    }

    /** Returns a copy that stays valid while the next report is read. */
    public ReportValues copy() {
        return with(warnings);
    }

    /** Returns a copy with other warnings, which stays valid while the next report is read. */
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

    /** Sets the response that contains the report. */
    public void from(Retrieval response) {
        from = response;
    }

    /** Returns the response that contains the report. */
    public Retrieval from() {
        return from;
    }

    /** Returns the slots of the report itself. */
    public Object[] slots() {
        return slots;
    }

    /** Returns new slots for a transcript of the report. */
    public Object[] addTranscript() throws TooLargeException {
        size.element();
        size.add((long) width * Integer.BYTES);
        Object[] transcript = new Object[width];
        transcripts.add(transcript);
        return transcript;
    }

    public List<Object[]> transcripts() {
        return transcripts;
    }

    /** Returns the identifiers that match this gene, as NCBI echoes them. */
    public List<String> query() {
        return query;
    }

    /**
     * Returns true if only NCBI's messages were read. The report then has no gene, because every gene has a GeneID,
     * which is read.
     */
    public boolean isEmpty() {
        for (Object value : slots) {
            if (value != null) {
                return false;
            }
        }
        return transcripts.isEmpty() && malformed.remarks().isEmpty();
    }

    /** Returns NCBI's warnings about the report, including errors. */
    public List<NcbiWarning> warnings() {
        return warnings;
    }

    /** Returns the warnings that are errors. */
    public List<NcbiWarning> errors() {
        return errors;
    }

    /** Returns the requested identifiers, if the report is about another one. */
    public List<String> requested() {
        if (warnings.isEmpty()) {
            return List.of();
        }
        return warnings.stream()
                .map(NcbiWarning::requested)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the size in bytes of what is held of the report. */
    public long bytes() {
        return size.bytes();
    }

    /** Returns the counter of what is held of the report. */
    DecodedSize size() {
        return size;
    }

    /** Returns the warnings about values that read as null because they have the wrong type. */
    public List<String> malformedValues() {
        return malformed.remarks();
    }

    /** Returns the buffer in which a value is built while it is read. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    public MalformedValues malformed() {
        return malformed;
    }

    @Override
    public String toString() {
        return query + " " + Arrays.toString(slots);
    }
}
