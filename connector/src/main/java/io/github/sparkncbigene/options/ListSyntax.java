package io.github.sparkncbigene.options;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a list in any of the forms people paste: {@code a,b c}, a JSON array {@code ["a", "b"]}, or the quoted form of
 * NCBI's own documentation {@code ['a', 'b']}.
 */
public final class ListSyntax {
    private static final int MAX_ENTRY = 1000;

    private ListSyntax() {}

    /**
     * The entries, in order, duplicates included.
     *
     * @param name what the list is called, for errors
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_IDENTIFIER} on an unclosed quote or bracket, an entry
     *     with a control character, or a very long one
     */
    public static List<String> parse(String name, String text) {
        String body = text.strip();
        Optional<List<String>> array = JsonArray.texts(body);
        if (array.isPresent()) {
            List<String> elements = new ArrayList<>();
            array.get().forEach(element -> add(elements, name, element));
            return elements;
        }
        boolean opened = body.startsWith("[");
        if (opened != body.endsWith("]")) {
            throw invalid(name, "a bracket is not closed or not opened", body);
        }
        if (opened) {
            body = body.substring(1, body.length() - 1);
        }
        List<String> entries = new ArrayList<>();
        int at = 0;
        while (at < body.length()) {
            char c = body.charAt(at);
            if (isSeparator(c)) {
                at++;
                continue;
            }
            int end;
            if (c == '"' || c == '\'') {
                end = body.indexOf(c, at + 1);
                if (end < 0) {
                    throw invalid(name, "a quote is not closed", body.substring(at));
                }
                add(entries, name, body.substring(at + 1, end));
                end++;
                if (end < body.length() && !isSeparator(body.charAt(end))) {
                    throw invalid(name, "after a closing quote a comma is missing", body.substring(at));
                }
            } else {
                end = at;
                while (end < body.length() && !isSeparator(body.charAt(end))) {
                    end++;
                }
                String entry = body.substring(at, end);
                if (opened && (entry.indexOf('[') >= 0 || entry.indexOf(']') >= 0)) {
                    throw invalid(name, "a bracket is inside another", entry);
                }
                add(entries, name, entry);
            }
            at = end;
        }
        return entries;
    }

    /** A list of these entries, which parses to them. */
    public static String format(List<String> entries) {
        return JsonArray.format(entries);
    }

    /** Whether a text can be an entry of a list. */
    public static boolean isEntry(String text) {
        return !text.isBlank()
                && text.equals(text.strip())
                && text.length() <= MAX_ENTRY
                && text.indexOf(',') < 0
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** One entry, trimmed and checked. */
    public static String entry(String name, String raw) {
        String entry = raw.strip();
        if (entry.length() > MAX_ENTRY) {
            throw invalid(name, "an entry is longer than " + MAX_ENTRY + " characters", entry);
        }
        if (entry.chars().anyMatch(Character::isISOControl)) {
            throw invalid(name, "an entry holds a control character", entry);
        }
        if (entry.indexOf(',') >= 0) {
            throw invalid(name, "an entry holds a comma", entry);
        }
        return entry;
    }

    private static void add(List<String> entries, String name, String raw) {
        String entry = entry(name, raw);
        if (!entry.isEmpty()) {
            entries.add(entry);
        }
    }

    private static boolean isSeparator(char c) {
        return c == ',' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static NcbiGeneException invalid(String name, String what, String where) {
        return new NcbiGeneException(
                ErrorCode.INVALID_IDENTIFIER,
                "The list in " + name + " cannot be read: " + what + ", at '" + Quoted.of(where)
                        + "'. Give a,b or [\"a\", \"b\"].");
    }
}
