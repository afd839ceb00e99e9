package io.github.sparkncbigene.options;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
        List<String> entries = new ArrayList<>();
        parse(name, text, entries::add);
        return entries;
    }

    /** The same, one after another: lists may be long. */
    public static void parse(String name, String text, Consumer<String> entries) {
        String body = text.strip();
        Optional<List<String>> array = JsonArray.texts(body);
        if (array.isPresent()) {
            array.get().forEach(element -> add(entries, name, element));
            return;
        }
        boolean opened = body.startsWith("[");
        if (opened != body.endsWith("]")) {
            throw invalid(name, "a bracket is not closed or not opened", body);
        }
        if (opened) {
            body = body.substring(1, body.length() - 1);
        }
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
                && !holdsControl(text);
    }

    /** One entry, trimmed and checked. */
    public static String entry(String name, String raw) {
        String entry = raw.strip();
        if (entry.length() > MAX_ENTRY) {
            throw invalid(name, "an entry is longer than " + MAX_ENTRY + " characters", entry);
        }
        if (holdsControl(entry)) {
            throw invalid(name, "an entry holds a control character", entry);
        }
        if (entry.indexOf(',') >= 0) {
            throw invalid(name, "an entry holds a comma", entry);
        }
        return entry;
    }

    private static void add(Consumer<String> entries, String name, String raw) {
        String entry = entry(name, raw);
        if (!entry.isEmpty()) {
            entries.accept(entry);
        }
    }

    private static boolean holdsControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
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
