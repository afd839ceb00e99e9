package io.github.sparkncbigene.table;

import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.MalformedValues;
import io.github.sparkncbigene.decode.TabularCell;
import io.github.sparkncbigene.report.ReportNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the rows of a TSV response. Cells are read by position, in the order of the requested fields. A header line is
 * only checked, because NCBI's labels differ between its builds and the line may be missing.
 */
public final class TsvRows implements Closeable {
    private static final int SHOWN = 300;

    private final TableLines lines;
    private final List<ReportNode> fields;
    private final boolean headerExpected;
    private final List<String> knownHeader;
    private final MalformedValues malformed = new MalformedValues();
    private List<String> header = List.of();

    /** Creates a reader without a previous page, with the default limits. */
    public TsvRows(InputStream bytes, List<ReportNode> fields, boolean headerExpected) {
        this(bytes, fields, headerExpected, List.of(), DecodeLimits.DEFAULT);
    }

    /**
     * @param fields the requested fields, in order
     * @param headerExpected true if NCBI's contract puts a header line first
     * @param knownHeader the header of an earlier page, which this page may repeat; empty if there was none
     * @param limits limits on each line
     */
    public TsvRows(
            InputStream bytes,
            List<ReportNode> fields,
            boolean headerExpected,
            List<String> knownHeader,
            DecodeLimits limits) {
        this.lines = new TableLines(new InputStreamReader(bytes, StandardCharsets.UTF_8), limits);
        this.fields = List.copyOf(fields);
        this.headerExpected = headerExpected;
        this.knownHeader = knownHeader;
    }

    /**
     * Returns the next row in Spark's internal values, or null after the last.
     *
     * @throws IOException if a line has another number of cells than fields were requested
     */
    public Object[] next() throws IOException {
        String line = line();
        if (lines.number() == 1 && line != null && (line.strip().equals("{}") || isHeader(line))) {
            line = line();
        }
        if (line == null) {
            return null;
        }
        // Counted before they are created: a line may consist of tabs only.
        long count = 1 + line.chars().filter(c -> c == '\t').count();
        if (count != fields.size()) {
            throw new IOException("line " + lines.number() + " of the table has " + count + " cells where "
                    + fields.size() + " fields were requested: '" + shorten(line)
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

    /** Returns the labels of the header line, without blanks at their ends; empty if there was none. */
    public List<String> header() {
        return header;
    }

    /** Returns warnings about cells that read as null because they have the wrong type. */
    public List<String> remarks() {
        return malformed.remarks();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private String line() throws IOException {
        String line = lines.next();
        return line != null && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /**
     * Returns true if the first line is a header. Known labels always are, and so are the labels of an earlier page. If
     * a header is expected, a line is one unless a number or date shows that it is a row. If no header is expected,
     * only a line that cannot be a row is one. NCBI's labels may end in blanks, which one page may have lost.
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
