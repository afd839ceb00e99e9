package io.github.sparkncbigene.identifier;

import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.text.AccessionText;
import io.github.sparkncbigene.text.Blanks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Describes what an identifier without a gene looks like, and what to do about it. */
public final class IdentifierAdvice {
    /**
     * A form of text.
     *
     * @param advice two sentences, which follow "It"
     */
    private record Form(Pattern pattern, String advice) {
        static Form of(String pattern, String advice) {
            return new Form(Pattern.compile(pattern, Pattern.DOTALL), advice);
        }

        boolean matches(String text) {
            return pattern.matcher(text).matches();
        }
    }

    private static final String GENE_OF = "Give a transcript or protein accession of the gene, such as NM_021803.4";

    /** Forms of accessions that the gene service is not known to serve. */
    private static final List<Form> NOT_SERVED = List.of(
            Form.of(
                    "WP_\\d+(\\.\\d+)?",
                    "looks like a RefSeq non-redundant protein, which NCBI's gene service does not serve. Use"
                            + " locus_tags, or gene_ids"),
            Form.of(
                    "(NG|NC|NT|NW|AC|NZ)_[A-Z0-9]+(\\.\\d+)?",
                    "looks like a RefSeq genomic sequence, which NCBI's gene service does not serve. " + GENE_OF),
            Form.of(
                    "ENS[A-Z]*G\\d+(\\.\\d+)?",
                    "looks like an Ensembl gene, which NCBI's gene service does not serve. Give an Ensembl transcript"
                            + " or protein (ENST, ENSP), or use symbols with taxon"),
            Form.of("(rs|ss)\\d+", "looks like a dbSNP variant. " + GENE_OF),
            Form.of("(RCV|VCV|SCV)\\d+(\\.\\d+)?", "looks like a ClinVar record. " + GENE_OF),
            Form.of("COS[MV]\\d+", "looks like a COSMIC variant. " + GENE_OF),
            Form.of("CCDS\\d+(\\.\\d+)?", "looks like a CCDS id, which NCBI's gene service does not serve. " + GENE_OF),
            Form.of("LRG_\\d+\\w*", "looks like an LRG id, which NCBI's gene service does not serve. " + GENE_OF),
            Form.of("GC[AF]_\\d+(\\.\\d+)?", "looks like a genome assembly. " + GENE_OF),
            Form.of("GO_\\d+", "looks like a Gene Ontology term. " + GENE_OF),
            Form.of("[cgmnpr]\\..*", "looks like HGVS without its accession. Give the accession before the colon"),
            Form.of(".*\\.(txt|csv|tsv|list|gz|bed|vcf|xlsx?)", "looks like a file. Use accessions_path"),
            Form.of(
                    "[NX][MRP]-?\\d{5,}(\\.\\d+)?",
                    "looks like a RefSeq accession without its underscore. Give it as NM_021803.4"),
            Form.of(
                    "[OPQ]\\d[A-Z0-9]{3}\\d(-\\d+)?|[A-NR-Z]\\d([A-Z][A-Z0-9]{2}\\d){1,2}(-\\d+)?",
                    "looks like a UniProt accession, which NCBI's gene service does not serve. " + GENE_OF),
            Form.of(
                    "[A-Z]\\d{5}(\\.\\d+)?|[A-Z]{2}(\\d{6}|\\d{8})(\\.\\d+)?|[A-Z]{3}(\\d{5}|\\d{7})(\\.\\d+)?"
                            + "|[A-Z]{4,6}\\d{8,10}(\\.\\d+)?",
                    "looks like a GenBank accession, which NCBI's gene service does not serve. Give the RefSeq"
                            + " accession of the gene's transcript or protein"),
            Form.of(
                    "[A-Za-z]+\\d{4,}|[A-Za-z][A-Za-z0-9]*_[A-Za-z]*\\d+",
                    "looks like a locus tag or a symbol. Use locus_tags, or symbols with taxon"),
            Form.of(
                    "[A-Za-z][A-Za-z0-9]{1,14}(-[A-Za-z0-9]{1,8}){0,2}",
                    "looks like a gene symbol. Use symbols with taxon"));

    /** Forms of text that are not accessions. */
    private static final List<Form> NO_ACCESSION = List.of(
            Form.of("\\d+(\\.0*)?", "looks like a GeneID. Use gene_ids"),
            Form.of(
                    "(?i)(GeneID|NCBIGene|EntrezGene|Entrez):\\d+",
                    "looks like a GeneID. Use gene_ids with the number alone"),
            Form.of(
                    "(?i)(HGNC|MGI|RGD|ZFIN|FlyBase|FB|WormBase|WB|SGD|VGNC|OMIM|MIM):.+",
                    "looks like an id of another database. Use symbols with taxon, or gene_ids"),
            Form.of("(?i)GO:\\d+", "looks like a Gene Ontology term. " + GENE_OF),
            Form.of(
                    "(?i)(https?|ftp|s3a?|gs|abfss?|hdfs|dbfs|file)://?.*|[./].*/.*|.*/.*\\.\\w{2,4}",
                    "looks like an address or a path. Use accessions_path for a file of accessions"),
            Form.of(
                    "(?i)(chr)?([0-9]{1,2}|X|Y|MT?):[0-9,]+(-[0-9,]+)?.*",
                    "looks like a place in a genome. " + GENE_OF),
            Form.of(".*:[cgmnpr]\\..*", "is HGVS. Give the part before the colon"),
            Form.of(">.*", "looks like a header of FASTA. Give the accession alone"),
            Form.of("[^|]*\\|.*", "looks like a header of FASTA. Give the accession alone"));

    private IdentifierAdvice() {}

    /**
     * Explains why a text is not sent: it cannot be an identifier of its kind.
     *
     * @param place place in the input; empty if unknown
     */
    public static String invalid(Identifier identifier, String place) {
        String words =
                switch (identifier.kind()) {
                    case ACCESSION -> "an accession";
                    case GENE_ID -> "a GeneID";
                    default -> "a " + identifier.kind().words();
                };
        return "'" + Quoted.of(identifier.text()) + "'" + (place.isEmpty() ? "" : " (" + place + ")")
                + " cannot be " + words + " and was not sent. It "
                + why(identifier.kind(), identifier.requested()) + ".";
    }

    /** Returns one or two sentences about a well-formed identifier that looks wrong; empty if it looks right. */
    public static Optional<String> notServed(Identifier identifier) {
        String requested = identifier.requested();
        if (identifier.kind() != IdentifierKind.ACCESSION) {
            return AccessionText.isOne(requested)
                    ? Optional.of("It looks like an accession. Use accessions.")
                    : Optional.empty();
        }
        if (isServed(requested)) {
            return Optional.empty();
        }
        String upper = requested.toUpperCase(Locale.ROOT);
        if (!upper.equals(requested) && isServed(upper)) {
            return Optional.of("It is written in lower case. Give " + upper + ".");
        }
        return NOT_SERVED.stream()
                .filter(form -> form.matches(requested))
                .findFirst()
                .map(form -> "It " + form.advice() + ".");
    }

    private static boolean isServed(String text) {
        return AccessionText.isOne(text)
                && !text.startsWith("WP_")
                && !text.startsWith("NG_")
                && !text.startsWith("NC_");
    }

    private static String why(IdentifierKind kind, String requested) {
        if (requested.isEmpty()) {
            return "is empty. Drop it";
        }
        if (IdentifierForm.isMissing(kind, requested)) {
            return "looks like a missing value. Drop it, for example with dropna()";
        }
        if (kind == IdentifierKind.GENE_ID) {
            return AccessionText.isOne(requested)
                    ? "looks like an accession. Use accessions"
                    : requested.matches("[A-Za-z][A-Za-z0-9-]*")
                            ? "looks like a gene symbol. Use symbols with taxon"
                            : "is not a whole number from 0 to 2147483647. Give a number such as 59067";
        }
        if (kind == IdentifierKind.ACCESSION) {
            for (Form form : NO_ACCESSION) {
                if (form.matches(requested)) {
                    return form.advice() + inside(requested);
                }
            }
        }
        int longest = kind == IdentifierKind.SYMBOL ? IdentifierForm.LONGEST_SYMBOL : IdentifierForm.LONGEST;
        if (requested.length() > longest) {
            return "is longer than " + longest + " characters. Give one " + kind.words() + " an entry";
        }
        if (Blanks.isIn(requested)) {
            return "holds white space. Give one " + kind.words() + " an entry, or one a line of a file"
                    + inside(requested);
        }
        if (requested.indexOf(',') >= 0 || requested.indexOf(';') >= 0) {
            char separator = requested.indexOf(',') >= 0 ? ',' : ';';
            return "holds '" + separator + "'. Give one " + kind.words()
                    + " an entry, separated by commas, or one a line of a file" + inside(requested);
        }
        return "holds " + odd(requested) + ". Give letters, digits, '_', '.' and '-' only" + inside(requested);
    }

    /** Returns the accession to use instead, if the text contains one. */
    private static String inside(String requested) {
        return AccessionText.firstIn(requested).map(found -> ": " + found).orElse("");
    }

    private static String odd(String requested) {
        return requested
                .codePoints()
                .filter(c -> !(c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-')))
                .mapToObj(c -> "'" + Quoted.of(Character.toString(c)) + "'")
                .findFirst()
                .orElse("no letter");
    }
}
