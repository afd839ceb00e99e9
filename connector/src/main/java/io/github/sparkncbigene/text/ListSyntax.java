package io.github.sparkncbigene.text;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a list in any of the forms that people paste: {@code a,b c}, a JSON array {@code ["a", "b"]}, the quoted form
 * of NCBI's own documentation {@code ['a', 'b']} (also a Python list), and Python's tuples and sets. It does not
 * validate the entries.
 */
public final class ListSyntax {
    /** A tuple, a set, or a vector of R, which can hold the same entries as a list. */
    private static final Pattern WRAPPED =
            Pattern.compile("(?:frozenset|set|tuple|list|c)?\\(\\s*([\\[({].*[\\])}])?\\s*\\)", Pattern.DOTALL);

    private final String name;
    private final String body;
    private final boolean opened;
    private final Consumer<String> entries;

    private ListSyntax(String name, String body, boolean opened, Consumer<String> entries) {
        this.name = name;
        this.body = body;
        this.opened = opened;
        this.entries = entries;
    }

    /**
     * Returns the entries, in order, including duplicates.
     *
     * @param name name of the list, for errors
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_IDENTIFIER} for an unclosed quote or bracket, or for the
     *     printed form of an object that is not a list
     */
    public static List<String> parse(String name, String text) {
        List<String> entries = new ArrayList<>();
        parse(name, text, entries::add);
        return entries;
    }

    /** Passes the entries on one by one, because lists may be long. */
    public static void parse(String name, String text, Consumer<String> entries) {
        String body = Blanks.strip(text);
        Optional<List<String>> array = JsonArray.texts(body);
        if (array.isPresent()) {
            array.get().forEach(element -> add(entries, element));
            return;
        }
        checkIsList(name, body);
        Matcher wrapped = WRAPPED.matcher(body);
        if (wrapped.matches()) {
            body = wrapped.group(1) == null ? "" : wrapped.group(1);
        } else if (body.startsWith("c(") && body.endsWith(")")) {
            body = body.substring(1);
        }
        boolean square = body.startsWith("[");
        boolean opened = square || isBetween(body, '(', ')') || isBetween(body, '{', '}');
        if (opened) {
            if (square && !isBetween(body, '[', ']')) {
                throw invalid(name, "a bracket is not closed or not opened", body);
            }
            body = body.substring(1, body.length() - 1);
        } else if (body.endsWith("]") && !isClosedInLastEntry(body)) {
            throw invalid(name, "a bracket is not closed or not opened", body);
        }
        new ListSyntax(name, body, opened, entries).read();
    }

    /**
     * Checks that a text is not the printed form of an object, which shows only some of its entries or more than its
     * entries.
     *
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_IDENTIFIER}
     */
    public static void checkIsList(String name, String text) {
        PrintedObject.of(text).ifPresent(kind -> {
            throw printed(name, kind, text);
        });
    }

    private static NcbiGeneException printed(String name, PrintedObject.Kind kind, String text) {
        return NcbiGeneException.of(
                ErrorCode.INVALID_IDENTIFIER,
                "Option " + name + " holds the printed form of " + kind.what()
                        + ", which is not a list of its entries: '" + Quoted.of(text) + "'. " + kind.remedy() + ".");
    }

    private void read() {
        int at = 0;
        while (at < body.length()) {
            char c = body.charAt(at);
            if (isSeparator(c)) {
                at++;
            } else if (c == '"' || c == '\'') {
                at = readQuoted(at, c);
            } else {
                at = readPlain(at);
            }
        }
    }

    private int readQuoted(int start, char quote) {
        int end = start + 1;
        boolean escaped = false;
        while (end < body.length() && body.charAt(end) != quote) {
            if (opened && body.charAt(end) == '\\') {
                escaped = true;
                end++;
            }
            end++;
        }
        if (end >= body.length()) {
            throw invalid(name, "a quote is not closed", body.substring(start));
        }
        if (end + 1 < body.length() && !isSeparator(body.charAt(end + 1))) {
            throw invalid(name, "a comma is missing after a closing quote", body.substring(start));
        }
        String entry = body.substring(start + 1, end);
        add(entries, escaped ? PythonText.unescape(entry) : entry);
        return end + 1;
    }

    private int readPlain(int start) {
        int end = start;
        while (end < body.length() && !isSeparator(body.charAt(end))) {
            end++;
        }
        String entry = body.substring(start, end);
        if (opened && (entry.indexOf('[') >= 0 || entry.indexOf(']') >= 0)) {
            throw invalid(name, "a bracket is nested in another", entry);
        }
        if (opened && (entry.indexOf('(') >= 0 || entry.indexOf('<') >= 0 || entry.indexOf('\'') > 0)) {
            PrintedObject.ofEntry(entry).ifPresent(kind -> {
                throw printed(name, kind, entry);
            });
        }
        add(entries, entry);
        return end;
    }

    /** Writes entries as a list; parsing it returns the same entries. */
    public static String format(List<String> entries) {
        return JsonArray.format(entries);
    }

    private static void add(Consumer<String> entries, String raw) {
        String entry = Blanks.strip(raw);
        if (!entry.isEmpty()) {
            entries.accept(entry);
        }
    }

    private static boolean isBetween(String body, char opening, char closing) {
        return body.length() > 1 && body.charAt(0) == opening && body.charAt(body.length() - 1) == closing;
    }

    private static boolean isClosedInLastEntry(String body) {
        int start = body.length();
        while (start > 0 && !isSeparator(body.charAt(start - 1))) {
            start--;
        }
        return body.indexOf('[', start) >= 0;
    }

    private static boolean isSeparator(char c) {
        return c == ',' || Blanks.isBlank(c);
    }

    private static NcbiGeneException invalid(String name, String what, String where) {
        return NcbiGeneException.of(
                ErrorCode.INVALID_IDENTIFIER,
                "The list in " + name + " cannot be read: " + what + ", at '" + Quoted.of(where)
                        + "'. Give a,b or [\"a\", \"b\"].");
    }
}
