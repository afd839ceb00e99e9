package io.github.sparkncbigene.table;

import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.decode.ScalarReaders;
import io.github.sparkncbigene.layout.NestedLayout;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The reports of a table whose columns repeat no deeper than its rows: each line is a gene, or a transcript of a gene.
 * Nothing in such a table is quoted, so it has to prove itself:
 *
 * <ul>
 *   <li>the first line has the labels of the requested fields, in their order,
 *   <li>a line feed ends each line, and each line has one cell per field,
 *   <li>each cell is a value of its field's type, and no cell holds a carriage return,
 *   <li>each line names its gene, and the transcript that its cells are about.
 * </ul>
 *
 * <p>A header may come again, on any page: a line of labels is never a row, since the first field is a number.
 */
public final class TableReports implements Closeable {
    private static final int SHOWN = 100;

    /** A field whose label is inferred: it may have any label that is not another field's. */
    private static final Set<String> LABEL_INFERRED = Set.of("transcript-select-category");

    private final TableLines lines;
    private final Report report;
    private final List<ReportNode> fields;
    private final int[] slots;
    private final boolean[] ofTranscript;
    private final ReportValues values;
    private final int transcript;
    private List<String> header;

    /**
     * @param layout what the reports are read for; it has a slot for each of the fields
     * @param mnemonics of the requested fields in order, gene-id first
     * @param knownHeader the labels of the page before; empty for the first page, which needs its own
     */
    public TableReports(
            InputStream bytes,
            NestedLayout layout,
            Report report,
            List<String> mnemonics,
            List<String> knownHeader,
            DecodeLimits limits) {
        this.lines = new TableLines(
                new InputStreamReader(
                        bytes,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                limits);
        this.report = report;
        this.fields = mnemonics.stream()
                .map(mnemonic -> report.tableField(mnemonic).orElseThrow())
                .toList();
        this.header = knownHeader;
        this.values = new ReportValues(layout.width(), limits);
        this.slots = new int[fields.size()];
        this.ofTranscript = new boolean[fields.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = layout.slotOf(fields.get(i).column().orElseThrow());
            ofTranscript[i] = layout.isOfTranscript(slots[i]);
        }
        this.transcript = mnemonics.indexOf("transcript-accession");
    }

    /**
     * The next line as a report; null after the last. It holds until the next one is read.
     *
     * @throws UnprovenTableException where the table does not prove itself
     */
    public ReportValues next() throws IOException {
        try {
            String line = lines.next();
            if (header.isEmpty() && line != null) {
                if (line.strip().equals("{}")) {
                    return null;
                }
                header = header(line);
                line = lines.next();
            }
            while (line != null && isHeader(line)) {
                line = lines.next();
            }
            return line == null ? null : report(line);
        } catch (CharacterCodingException e) {
            throw UnprovenTableException.line("line " + (lines.number() + 1) + " is not UTF-8");
        }
    }

    /** True if a body is a JSON object. */
    public static boolean isJson(InputStream body) throws IOException {
        int c = body.read();
        while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            c = body.read();
        }
        return c == '{';
    }

    /** The labels of the header line, without blanks at their ends; empty where there was no line. */
    public List<String> header() {
        return header;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private List<String> header(String line) throws UnprovenTableException {
        if (line.strip().startsWith("{")) {
            throw UnprovenTableException.form("it is JSON");
        }
        List<String> labels = labels(line);
        if (labels.size() != fields.size()) {
            throw UnprovenTableException.form(
                    "its header has " + labels.size() + " labels instead of " + fields.size());
        }
        for (int i = 0; i < labels.size(); i++) {
            if (!isLabelOf(fields.get(i), labels.get(i))) {
                throw UnprovenTableException.form("column " + (i + 1) + " is labelled '" + shortened(labels.get(i))
                        + "' instead of '" + label(fields.get(i)) + "'");
            }
        }
        return labels;
    }

    private boolean isLabelOf(ReportNode field, String label) {
        return label.equalsIgnoreCase(label(field))
                || (LABEL_INFERRED.contains(field.mnemonic().orElseThrow())
                        && report.tableFields().values().stream()
                                .noneMatch(other -> label.equalsIgnoreCase(label(other))));
    }

    private static String label(ReportNode field) {
        return field.header().map(String::strip).orElse("");
    }

    private boolean isHeader(String line) {
        String first = header.get(0);
        return line.stripLeading().regionMatches(true, 0, first, 0, first.length())
                && String.join("\t", labels(line)).equalsIgnoreCase(String.join("\t", header));
    }

    private static List<String> labels(String line) {
        return Stream.of(line.split("\t", -1)).map(String::strip).toList();
    }

    private ReportValues report(String line) throws IOException {
        // Counted before they are made: a line may be nothing but tabs.
        long count = 1 + line.chars().filter(c -> c == '\t').count();
        if (count != fields.size()) {
            throw unproven("has " + count + " cells instead of " + fields.size());
        }
        if (!lines.isTerminated()) {
            throw unproven("has no line feed at its end");
        }
        if (line.indexOf('\r') >= 0) {
            throw unproven("holds a carriage return");
        }
        String[] cells = line.split("\t", -1);
        values.clear();
        Object[] ofReport = values.slots();
        Object[] ofOne = null;
        for (int i = 0; i < cells.length; i++) {
            if (cells[i].isEmpty()) {
                continue;
            }
            Object value = value(fields.get(i), cells[i]);
            if (ofTranscript[i]) {
                ofOne = ofOne == null ? values.addTranscript() : ofOne;
                ofOne[slots[i]] = value;
            } else {
                ofReport[slots[i]] = value;
            }
        }
        if (cells[0].isEmpty()) {
            throw unproven("names no gene");
        }
        if (ofOne != null && cells[transcript].isEmpty()) {
            throw unproven("is about a transcript without an accession");
        }
        return values;
    }

    private Object value(ReportNode field, String cell) throws UnprovenTableException {
        Object value =
                switch (field.type()) {
                    case STRING, ENUM -> UTF8String.fromString(cell);
                    case UINT64 -> ScalarReaders.parseInt64(cell);
                    case INT -> ScalarReaders.parseInt32(cell);
                    case DATE -> ScalarReaders.parseDate(cell);
                    case GROUP -> throw new IllegalArgumentException(field.path() + " is no table field");
                };
        if (value == null) {
            throw unproven(
                    "has '" + shortened(cell) + "' for " + field.mnemonic().orElseThrow());
        }
        return value;
    }

    private UnprovenTableException unproven(String what) {
        return UnprovenTableException.line("line " + lines.number() + " " + what);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
    }
}
