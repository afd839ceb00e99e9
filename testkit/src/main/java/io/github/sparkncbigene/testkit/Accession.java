package io.github.sparkncbigene.testkit;

/**
 * An accession and its version.
 *
 * @param base the accession without its version
 * @param version the version, 0 for none
 */
record Accession(String base, int version) {
    static Accession parse(String text) {
        int dot = text.lastIndexOf('.');
        if (dot > 0 && dot < text.length() - 1 && text.length() - dot <= 6) {
            String digits = text.substring(dot + 1);
            if (digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return new Accession(text.substring(0, dot), Integer.parseInt(digits));
            }
        }
        return new Accession(text, 0);
    }

    static String withoutVersion(String text) {
        return parse(text).base();
    }

    /** Returns true if both name the same sequence; a missing version matches any version. */
    boolean matches(Accession other) {
        return base.equals(other.base) && (version == 0 || other.version == 0 || version == other.version);
    }
}
