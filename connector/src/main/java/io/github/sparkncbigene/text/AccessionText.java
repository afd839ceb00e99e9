package io.github.sparkncbigene.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds accessions of transcripts and proteins, as NCBI and Ensembl write them, in other text. */
public final class AccessionText {
    private static final String ACCESSION =
            "(?:(?:[NX][MRP]|[AWY]P|NG|NC)_\\d{3,12}|ENS[A-Z]{0,4}[TP]\\d{11})(?:\\.\\d+)?";
    private static final Pattern WHOLE = Pattern.compile(ACCESSION);
    private static final Pattern INSIDE = Pattern.compile("(?<![A-Za-z0-9_])" + ACCESSION + "(?![A-Za-z0-9_])");

    private AccessionText() {}

    /** Returns true if the text is exactly one accession. */
    public static boolean isOne(String text) {
        return WHOLE.matcher(text).matches();
    }

    /** Returns the first accession in the text. */
    public static Optional<String> firstIn(String text) {
        Matcher found = INSIDE.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }
}
