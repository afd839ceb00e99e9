package io.github.sparkncbigene.identifier;

import io.github.sparkncbigene.text.Blanks;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides which texts can be an identifier of a kind. The check is cheap, because a list may hold a million. */
final class IdentifierForm {
    /** Longest accession or locus tag, in characters. */
    static final int LONGEST = 100;

    /** Longest symbol, in characters: symbols of some genes are names. */
    static final int LONGEST_SYMBOL = 1000;

    private static final Pattern GENE_ID = Pattern.compile("([0-9]{1,10})(?:\\.0*)?");

    /** Missing values as Python, R, SQL and spreadsheets print them. */
    private static final Set<String> MISSING =
            Set.of("nan", "none", "null", "na", "n/a", "#n/a", "<na>", "nat", "nil", "undefined", "missing");

    private static final Set<String> MISSING_SYMBOL = Set.of("None", "NaN", "null", "NULL", "<NA>", "NaT", "#N/A");

    private IdentifierForm() {}

    /**
     * Returns true if a text can be an identifier of the kind.
     *
     * @param requested the text without white space around it
     */
    static boolean isWellFormed(IdentifierKind kind, String requested) {
        if (requested.isEmpty() || isMissing(kind, requested)) {
            return false;
        }
        return switch (kind) {
            case ACCESSION -> isAccession(requested);
            case LOCUS_TAG -> requested.length() <= LONGEST && isOneWord(requested);
            // Names may contain blanks, and symbols of fly genes may contain brackets.
            case SYMBOL ->
                requested.length() <= LONGEST_SYMBOL && requested.indexOf(',') < 0 && !holdsControl(requested);
            case GENE_ID -> geneId(requested).isPresent();
        };
    }

    /** Returns the GeneID of a text, with or without a decimal point, which columns with missing values print. */
    static Optional<String> geneId(String requested) {
        var number = GENE_ID.matcher(requested);
        return number.matches()
                ? Optional.of(Long.parseLong(number.group(1)))
                        .filter(id -> id > 0 && id <= Integer.MAX_VALUE)
                        .map(id -> Long.toString(id))
                : Optional.empty();
    }

    /** Returns true if a text stands for a missing value. */
    static boolean isMissing(IdentifierKind kind, String requested) {
        // There is a fly gene nan, and a gene may be called NA.
        return kind == IdentifierKind.SYMBOL
                ? MISSING_SYMBOL.contains(requested)
                : requested.length() <= 9 && MISSING.contains(requested.toLowerCase(Locale.ROOT));
    }

    private static boolean isAccession(String requested) {
        if (requested.length() > LONGEST) {
            return false;
        }
        boolean letter = false;
        for (int i = 0; i < requested.length(); i++) {
            char c = requested.charAt(i);
            boolean isLetter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            letter |= isLetter;
            if (!isLetter && !(c >= '0' && c <= '9') && c != '_' && c != '.' && c != '-') {
                return false;
            }
        }
        return letter;
    }

    private static boolean isOneWord(String requested) {
        return requested.indexOf(',') < 0 && !Blanks.isIn(requested) && !holdsControl(requested);
    }

    static boolean holdsControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
