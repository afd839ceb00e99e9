package io.github.sparkncbigene.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the elements of the {@code reports} of JSON that a reader has read to its end: where each begins and ends, as
 * bytes. Objects that follow each other, as in NDJSON, are searched one by one; one without {@code reports} is itself a
 * report.
 */
public final class ReportSplitter {
    private static final byte[] REPORTS = ascii("\"reports\"");
    private static final byte[] DESCRIPTOR = ascii("\"gene\"");
    private static final byte[] PRODUCT = ascii("\"product\"");
    private static final byte[] QUERY = ascii("\"query\"");
    private static final byte[] GENE = ascii("{\"gene\"");

    private final byte[] json;
    private final List<byte[]> elements = new ArrayList<>();
    private int at;
    private boolean isMatch;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private ReportSplitter(byte[] json) {
        this.json = json;
    }

    /**
     * The elements, in the order of the text.
     *
     * @throws IOException where the text is no JSON
     */
    public static List<byte[]> split(byte[] json) throws IOException {
        ReportSplitter splitter = new ReportSplitter(json);
        try {
            splitter.objects();
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new IOException("the JSON ends too early", e);
        }
        return splitter.elements;
    }

    private void objects() throws IOException {
        if (json.length > 2 && json[0] == (byte) 0xEF) {
            at = 3;
        }
        for (blanks(); at < json.length; blanks()) {
            int start = at;
            isMatch = false;
            if (!object() && at - start > 2) {
                byte[] one = Arrays.copyOfRange(json, start, at);
                elements.add(isMatch ? one : wrapped(one));
            }
        }
    }

    /** A report by itself, as it stands in a page. */
    private static byte[] wrapped(byte[] report) {
        byte[] wrapped = Arrays.copyOf(GENE, GENE.length + 1 + report.length + 1);
        wrapped[GENE.length] = ':';
        System.arraycopy(report, 0, wrapped, GENE.length + 1, report.length);
        wrapped[wrapped.length - 1] = '}';
        return wrapped;
    }

    /** Reads an object; tells whether it has reports. */
    private boolean object() throws IOException {
        boolean hasReports = false;
        expect('{');
        blanks();
        while (json[at] != '}') {
            int name = at;
            string();
            boolean isReports = is(REPORTS, name);
            isMatch |= is(DESCRIPTOR, name) || is(PRODUCT, name) || is(QUERY, name);
            blanks();
            expect(':');
            blanks();
            if (isReports && json[at] == '[') {
                hasReports = true;
                array();
            } else {
                value();
            }
            separator('}');
        }
        at++;
        return hasReports;
    }

    private boolean is(byte[] quoted, int name) {
        return Arrays.equals(json, name, at, quoted, 0, quoted.length);
    }

    private void array() throws IOException {
        expect('[');
        blanks();
        while (json[at] != ']') {
            int start = at;
            value();
            elements.add(Arrays.copyOfRange(json, start, at));
            separator(']');
        }
        at++;
    }

    private void separator(char end) throws IOException {
        blanks();
        if (json[at] == ',') {
            at++;
            blanks();
        } else if (json[at] != end) {
            throw new IOException("there is no comma where one should be");
        }
    }

    private void value() throws IOException {
        if (json[at] == '"') {
            string();
        } else if (json[at] == '{' || json[at] == '[') {
            nested();
        } else {
            while (at < json.length && ",]} \n\r\t".indexOf(json[at]) < 0) {
                at++;
            }
        }
    }

    private void nested() throws IOException {
        int depth = 0;
        do {
            byte one = json[at];
            if (one == '"') {
                string();
                continue;
            }
            depth += one == '{' || one == '[' ? 1 : one == '}' || one == ']' ? -1 : 0;
            at++;
        } while (depth > 0);
    }

    private void string() throws IOException {
        expect('"');
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void blanks() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    private void expect(char one) throws IOException {
        if (json[at] != one) {
            throw new IOException("there is no " + one + " where one should be");
        }
        at++;
    }
}
