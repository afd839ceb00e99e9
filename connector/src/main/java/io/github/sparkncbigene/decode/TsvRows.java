package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.report.ReportNode;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The rows of a tabular answer. Cells are read by position, in the order in which the fields were asked for; a header
 * line is only checked, since NCBI's labels differ between its builds and the line may be there or not.
 */
public final class TsvRows implements Closeable {
    private static final int SHOWN = 300;

    private static final int MAX_LINE = 1 << 26;

    private final Reader characters;
    private final List<ReportNode> fields;
    private final boolean headerExpected;
    private final MalformedValues malformed = new MalformedValues();
    private long lineNumber;

    /**
     * @param fields the fields asked for, in order
     * @param headerExpected whether NCBI's contract puts a header line first
     */
    public TsvRows(InputStream bytes, List<ReportNode> fields, boolean headerExpected) {
        this.characters = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16);
        this.fields = List.copyOf(fields);
        this.headerExpected = headerExpected;
    }

    /**
     * The next row in Spark's internal values, or null after the last.
     *
     * @throws IOException where a line has another number of cells than fields were asked for
     */
    public Object[] next() throws IOException {
        String line = line();
        if (lineNumber == 1 && line != null && (line.strip().equals("{}") || isHeader(line.split("\t", -1)))) {
            line = line();
        }
        if (line == null) {
            return null;
        }
        String[] cells = line.split("\t", -1);
        if (cells.length != fields.size()) {
            throw new IOException("line " + lineNumber + " of the table has " + cells.length + " cells where "
                    + fields.size() + " fields were asked for: '" + shorten(line)
                    + "'; a value may hold a tab or a line break, which"
                    + " wire_format = json can read");
        }
        Object[] row = new Object[cells.length];
        for (int i = 0; i < cells.length; i++) {
            row[i] = TabularCell.parse(fields.get(i), cells[i], malformed);
        }
        return row;
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
            if (line.length() > MAX_LINE) {
                throw new IOException("line " + lineNumber + " of the table is longer than " + MAX_LINE
                        + " characters: '" + shorten(line.toString()) + "'");
            }
            c = characters.read();
        }
        boolean crlf = line.length() > 0 && line.charAt(line.length() - 1) == '\r';
        return line.substring(0, line.length() - (crlf ? 1 : 0));
    }

    /**
     * Whether the first line is a header. Labels that we know always are; where one is expected, so is a line that no
     * number or date shows to be a row; where none is expected, only a line that cannot be a row.
     */
    private boolean isHeader(String[] cells) {
        if (cells.length != fields.size()) {
            return false;
        }
        int labels = 0;
        int typed = 0;
        int untyped = 0;
        for (int i = 0; i < cells.length; i++) {
            ReportNode field = fields.get(i);
            String cell = cells[i];
            if (cell.equalsIgnoreCase(field.header().orElse(null))) {
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
        if (labels == cells.length) {
            return true;
        }
        return headerExpected ? typed == 0 : labels > 0 && typed == 0 && untyped > 0;
    }

    private static String shorten(String line) {
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 3) + "...";
    }
}
