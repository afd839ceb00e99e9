package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.service.TooLargeException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rows of a tabular answer. Cells are read by position, in the order in which the fields were asked for; a header
 * line is only checked, since NCBI's labels differ between its builds and the line may be there or not.
 */
public final class TsvRows implements Closeable {
    private static final int SHOWN = 300;

    private final Reader characters;
    private final List<ReportNode> fields;
    private final boolean headerExpected;
    private final List<String> knownHeader;
    private final DecodeLimits limits;
    private final MalformedValues malformed = new MalformedValues();
    private List<String> header = List.of();
    private long lineNumber;

    /** The same without a page before, with the default limits. */
    public TsvRows(InputStream bytes, List<ReportNode> fields, boolean headerExpected) {
        this(bytes, fields, headerExpected, List.of(), DecodeLimits.DEFAULT);
    }

    /**
     * @param fields the fields asked for, in order
     * @param headerExpected whether NCBI's contract puts a header line first
     * @param knownHeader the header of a page before, which this one may repeat; empty where there was none
     * @param limits on each line
     */
    public TsvRows(
            InputStream bytes,
            List<ReportNode> fields,
            boolean headerExpected,
            List<String> knownHeader,
            DecodeLimits limits) {
        this.characters = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16);
        this.fields = List.copyOf(fields);
        this.headerExpected = headerExpected;
        this.knownHeader = knownHeader;
        this.limits = limits;
    }

    /**
     * The next row in Spark's internal values, or null after the last.
     *
     * @throws IOException where a line has another number of cells than fields were asked for
     */
    public Object[] next() throws IOException {
        String line = line();
        if (lineNumber == 1 && line != null && (line.strip().equals("{}") || isHeader(line))) {
            line = line();
        }
        if (line == null) {
            return null;
        }
        // Counted before they are made: a line may be nothing but tabs.
        long count = 1 + line.chars().filter(c -> c == '\t').count();
        if (count != fields.size()) {
            throw new IOException("line " + lineNumber + " of the table has " + count + " cells where "
                    + fields.size() + " fields were asked for: '" + shorten(line)
                    + "'; a value may hold a tab or a line break, which"
                    + " wire_format = json can read");
        }
        String[] cells = line.split("\t", -1);
        Object[] row = new Object[cells.length];
        for (int i = 0; i < cells.length; i++) {
            row[i] = TabularCell.parse(fields.get(i), cells[i], malformed);
        }
        return row;
    }

    /** The labels of the header line, without blanks at their ends; empty where none was read. */
    public List<String> header() {
        return header;
    }

    /** Remarks on cells that are not of their field's type and read as null. */
    public List<String> remarks() {
        return malformed.remarks();
    }

    @Override
    public void close() throws IOException {
        characters.close();
    }

    /** The next line; only a line feed ends one, since a value may hold any other break. */
    private String line() throws IOException {
        int c = characters.read();
        if (c < 0) {
            return null;
        }
        lineNumber++;
        StringBuilder line = new StringBuilder();
        while (c >= 0 && c != '\n') {
            line.append((char) c);
            if (line.length() > limits.bytes()) {
                throw new TooLargeException(
                        "line " + lineNumber + " of the table in it has more than " + Option.MAX_REPORT_BYTES.key()
                                + " = " + limits.bytes() + " bytes",
                        "If that is right, raise " + Option.MAX_REPORT_BYTES.key());
            }
            c = characters.read();
        }
        boolean crlf = line.length() > 0 && line.charAt(line.length() - 1) == '\r';
        return line.substring(0, line.length() - (crlf ? 1 : 0));
    }

    /**
     * Whether the first line is a header. Labels that we know always are, and those of the page before; where one is
     * expected, so is a line that no number or date shows to be a row; where none is expected, only a line that cannot
     * be a row. NCBI's labels may end in blanks, of which one page may have lost some.
     */
    private boolean isHeader(String line) {
        List<String> labels = Stream.of(line.split("\t", fields.size() + 1))
                .map(String::strip)
                .toList();
        boolean isHeader = labels.size() == fields.size() && isHeader(labels);
        header = isHeader ? labels : List.of();
        return isHeader;
    }

    private boolean isHeader(List<String> cells) {
        if (cells.equals(knownHeader)) {
            return true;
        }
        int labels = 0;
        int typed = 0;
        int untyped = 0;
        for (int i = 0; i < cells.size(); i++) {
            ReportNode field = fields.get(i);
            String cell = cells.get(i);
            if (cell.equalsIgnoreCase(field.header().map(String::strip).orElse(null))) {
                labels++;
            } else if (TabularCell.isTyped(field) && !cell.isEmpty()) {
                MalformedValues remarks = new MalformedValues();
                TabularCell.parse(field, cell, remarks);
                if (remarks.remarks().isEmpty()) {
                    typed++;
                } else {
                    untyped++;
                }
            }
        }
        if (labels == cells.size()) {
            return true;
        }
        return headerExpected ? typed == 0 : labels > 0 && typed == 0 && untyped > 0;
    }

    private static String shorten(String line) {
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 3) + "...";
    }
}
