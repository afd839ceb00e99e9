package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.options.Blanks;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which texts can be an identifier of a kind. Cheap: a list may hold a million. */
public final class IdentifierForm {
    /** No accession and no locus tag is longer. */
    static final int LONGEST = 100;

    /** Symbols of some genes are names. */
    static final int LONGEST_SYMBOL = 1000;

    private static final Pattern GENE_ID = Pattern.compile("([0-9]{1,10})(?:\\.0*)?");

    /** How Python, R, SQL and spreadsheets print a value that is missing. */
    private static final Set<String> MISSING =
            Set.of("nan", "none", "null", "na", "n/a", "#n/a", "<na>", "nat", "nil", "undefined", "missing");

    private static final Set<String> MISSING_SYMBOL = Set.of("None", "NaN", "null", "NULL", "<NA>", "NaT", "#N/A");

    private IdentifierForm() {}

    /**
     * Tells whether a text can be an identifier of the kind.
     *
     * @param asked the text without white space around it
     */
    public static boolean isWellFormed(IdentifierKind kind, String asked) {
        if (asked.isEmpty() || isMissing(kind, asked)) {
            return false;
        }
        return switch (kind) {
            case ACCESSION -> isAccession(asked);
            case LOCUS_TAG -> asked.length() <= LONGEST && isOneWord(asked);
            // Names may hold blanks, and fly symbols brackets.
            case SYMBOL -> asked.length() <= LONGEST_SYMBOL && asked.indexOf(',') < 0 && !holdsControl(asked);
            case GENE_ID -> geneId(asked).isPresent();
        };
    }

    /** The number that a text is as a GeneID, with or without a decimal point, as columns with gaps print it. */
    static Optional<String> geneId(String asked) {
        var number = GENE_ID.matcher(asked);
        return number.matches()
                ? Optional.of(Long.parseLong(number.group(1)))
                        .filter(id -> id > 0 && id <= Integer.MAX_VALUE)
                        .map(id -> Long.toString(id))
                : Optional.empty();
    }

    /** Tells whether a text says that there is none. */
    static boolean isMissing(IdentifierKind kind, String asked) {
        // There is a fly gene nan, and one may be called NA.
        return kind == IdentifierKind.SYMBOL
                ? MISSING_SYMBOL.contains(asked)
                : asked.length() <= 9 && MISSING.contains(asked.toLowerCase(Locale.ROOT));
    }

    private static boolean isAccession(String asked) {
        if (asked.length() > LONGEST) {
            return false;
        }
        boolean letter = false;
        for (int i = 0; i < asked.length(); i++) {
            char c = asked.charAt(i);
            boolean isLetter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            letter |= isLetter;
            if (!isLetter && !(c >= '0' && c <= '9') && c != '_' && c != '.' && c != '-') {
                return false;
            }
        }
        return letter;
    }

    private static boolean isOneWord(String asked) {
        return asked.indexOf(',') < 0 && !Blanks.isIn(asked) && !holdsControl(asked);
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
