package io.github.sparkncbigene.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Generated genes, numbered from 0. Everything about gene <i>i</i> is computed from <i>i</i>, so that a service can
 * know millions of genes without memory, and tests can compute expectations.
 *
 * <p>Of ten genes, seven are human, two are from mouse and one is from E. coli.
 */
public final class SyntheticGenes {
    /** Largest number of genes. */
    public static final long MAX = 100_000_000;

    private static final long FIRST_GENE_ID = 900_000_000;
    private static final long FIRST_REPLACED_ID = 1_900_000_000;
    private static final int MOST_TRANSCRIPTS = 38;
    private static final Pattern REFSEQ =
            Pattern.compile("(NM|NR|XM|XR|NP|XP)_9([0-9]{8})([0-9]{2})?(?:\\.([0-9]{1,5}))?");
    private static final Pattern ENSEMBL = Pattern.compile("ENS([TP])9([0-9]{8})([0-9]{2})(?:\\.([0-9]{1,5}))?");
    private static final Pattern SYMBOL = Pattern.compile("(?i)SYN([0-9]{1,9})(?:-ALT)?");
    private static final Pattern LOCUS_TAG = Pattern.compile("SYN_([0-9]{8})");

    // The aspects of a gene that need a random number each.
    private static final int TYPE = 1;
    private static final int TRANSCRIPTS = 2;
    private static final int VERSION = 3;
    private static final int HIDDEN = 4;
    private static final int WORDS = 5;

    private static final List<String> KINDS = List.of(
            "kinase",
            "phosphatase",
            "zinc finger protein",
            "α/β hydrolase",
            "β-catenin–like protein",
            "G protein-coupled receptor",
            "solute carrier family member",
            "long intergenic RNA",
            "ribosomal protein L",
            "„finger“ domain protein",
            "ATP synthase subunit ε",
            "遺伝子 homolog",
            "cadherin",
            "T-box transcription factor",
            "odorant receptor 🧬",
            "3′→5′ exonuclease");

    /**
     * A transcript named by an accession: its gene's number, its own number within the gene, and its current version.
     */
    record Transcript(long gene, int number, String current, int askedVersion, int currentVersion) {}

    private SyntheticGenes() {}

    /** Returns the NCBI GeneID of gene i. */
    public static long geneId(long i) {
        return FIRST_GENE_ID + check(i);
    }

    /** Returns the symbol of gene i. */
    public static String symbol(long i) {
        return "SYN" + check(i);
    }

    /** Returns the synonym that every gene has. */
    public static String synonym(long i) {
        return "SYN" + check(i) + "-ALT";
    }

    /** Returns the locus tag of gene i. */
    public static String locusTag(long i) {
        return digits(new StringBuilder("SYN_"), check(i), 8).toString();
    }

    /** Returns the name of gene i in words; some names contain characters beyond ASCII. */
    public static String description(long i) {
        return KINDS.get(Mix.below(KINDS.size(), check(i), WORDS)) + " " + i;
    }

    /** Returns the NCBI Taxonomy ID of gene i. */
    public static long taxId(long i) {
        int residue = (int) (check(i) % 10);
        return residue < 7 ? 9606 : residue < 9 ? 10090 : 511145;
    }

    /** Returns the type of gene i. */
    public static String type(long i) {
        int percent = Mix.below(100, check(i), TYPE);
        if (percent < 78) {
            return "PROTEIN_CODING";
        }
        if (percent < 88) {
            return "PSEUDO";
        }
        if (percent < 95) {
            return "ncRNA";
        }
        return List.of("tRNA", "snRNA", "snoRNA", "rRNA", "OTHER").get(percent - 95);
    }

    /** Returns true if gene i makes proteins. */
    public static boolean isCoding(long i) {
        return type(i).equals("PROTEIN_CODING");
    }

    /** Returns the number of transcripts of gene i, 0 for some pseudogenes and others. */
    public static int transcriptCount(long i) {
        int random = Mix.below(10_000, check(i), TRANSCRIPTS);
        return switch (type(i)) {
            // Many have one transcript, few have many.
            case "PROTEIN_CODING" -> Math.min(MOST_TRANSCRIPTS, 11_000 / (random + 100));
            case "PSEUDO" -> random % 2;
            case "OTHER" -> 0;
            default -> 1 + random % 2;
        };
    }

    /**
     * Returns the accession and version of the first transcript of gene i. A gene without transcripts is found by such
     * an accession too, although its product report does not list it.
     */
    public static String accession(long i) {
        return transcript(i, 0);
    }

    /** Returns the accessions and versions of all transcripts in the product report of gene i. */
    public static List<String> accessions(long i) {
        List<String> accessions = new ArrayList<>();
        for (int k = 0; k < transcriptCount(i); k++) {
            accessions.add(transcript(i, k));
        }
        return accessions;
    }

    /** Returns the accession and version of the first transcript's protein, if gene i makes any. */
    public static Optional<String> proteinAccession(long i) {
        return isCoding(i) ? Optional.of(protein(i, 0)) : Optional.empty();
    }

    /** Returns the accession of the Ensembl record for the first transcript of gene i. */
    public static String ensemblTranscript(long i) {
        return ensembl('T', i, 0);
    }

    /** Returns the GeneID that was merged into gene i, for some genes. */
    public static OptionalLong replacedGeneId(long i) {
        return check(i) % 29 == 5 ? OptionalLong.of(FIRST_REPLACED_ID + i) : OptionalLong.empty();
    }

    static String transcript(long i, int k) {
        return number(accessionPrefix(i, k), i, k)
                .append('.')
                .append(version(i, k))
                .toString();
    }

    static String protein(long i, int k) {
        return number(k == 0 ? "NP_" : "XP_", i, k)
                .append('.')
                .append(version(i, k))
                .toString();
    }

    static String ensembl(char kind, long i, int k) {
        StringBuilder accession = new StringBuilder("ENS").append(kind).append('9');
        digits(accession, i, 8);
        return digits(accession, k, 2).append('.').append(version(i, k)).toString();
    }

    static OptionalLong byGeneId(long geneId) {
        return geneId >= FIRST_GENE_ID && geneId < FIRST_GENE_ID + MAX
                ? OptionalLong.of(geneId - FIRST_GENE_ID)
                : OptionalLong.empty();
    }

    static OptionalLong byReplacedId(long geneId) {
        long i = geneId - FIRST_REPLACED_ID;
        return i >= 0 && i < MAX && replacedGeneId(i).isPresent() ? OptionalLong.of(i) : OptionalLong.empty();
    }

    static OptionalLong byLocusTag(String tag) {
        Matcher matcher = LOCUS_TAG.matcher(tag);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    static OptionalLong bySymbol(String symbol) {
        Matcher matcher = SYMBOL.matcher(symbol);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long i = Long.parseLong(matcher.group(1));
        boolean same = i < MAX && (symbol.equalsIgnoreCase(symbol(i)) || symbol.equalsIgnoreCase(synonym(i)));
        return same ? OptionalLong.of(i) : OptionalLong.empty();
    }

    static Optional<Transcript> byAccession(String accession) {
        Matcher refseq = REFSEQ.matcher(accession);
        if (refseq.matches()) {
            return byRefSeq(refseq);
        }
        Matcher ensembl = ENSEMBL.matcher(accession);
        if (ensembl.matches()) {
            long i = Long.parseLong(ensembl.group(2));
            int k = Integer.parseInt(ensembl.group(3));
            char kind = ensembl.group(1).charAt(0);
            boolean exists = k < Math.max(1, transcriptCount(i)) && (kind == 'T' || isCoding(i));
            return exists ? transcript(i, k, ensembl(kind, i, k), ensembl.group(4)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Transcript> byRefSeq(Matcher refseq) {
        long i = Long.parseLong(refseq.group(2));
        int k = refseq.group(3) == null ? 0 : Integer.parseInt(refseq.group(3));
        if ((refseq.group(3) != null && k == 0) || k >= Math.max(1, transcriptCount(i))) {
            return Optional.empty();
        }
        String prefix = refseq.group(1) + "_";
        if (prefix.equals(accessionPrefix(i, k))) {
            return transcript(i, k, transcript(i, k), refseq.group(4));
        }
        boolean protein = isCoding(i) && prefix.equals(k == 0 ? "NP_" : "XP_");
        return protein ? transcript(i, k, protein(i, k), refseq.group(4)) : Optional.empty();
    }

    private static Optional<Transcript> transcript(long i, int k, String current, String askedVersion) {
        int asked = askedVersion == null ? 0 : Integer.parseInt(askedVersion);
        return Optional.of(new Transcript(i, k, current, asked, version(i, k)));
    }

    static boolean hasEmptyOntology(long i) {
        return Mix.below(17, i, HIDDEN) == 0;
    }

    private static String accessionPrefix(long i, int k) {
        if (isCoding(i)) {
            return k == 0 ? "NM_" : "XM_";
        }
        return k == 0 ? "NR_" : "XR_";
    }

    private static int version(long i, int k) {
        return 1 + Mix.below(5, i * 64 + k, VERSION);
    }

    // The first transcript has a number of nine digits, the others have two more.
    private static StringBuilder number(String prefix, long i, int k) {
        StringBuilder accession = new StringBuilder(prefix).append('9');
        digits(accession, i, 8);
        return k == 0 ? accession : digits(accession, k, 2);
    }

    private static StringBuilder digits(StringBuilder text, long number, int width) {
        String digits = Long.toString(number);
        for (int pad = digits.length(); pad < width; pad++) {
            text.append('0');
        }
        return text.append(digits);
    }

    private static long check(long i) {
        if (i < 0 || i >= MAX) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "There is no gene number %d: they go from 0 to %d", i, MAX - 1));
        }
        return i;
    }
}
