package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.options.ListSyntax;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which genes are asked for: identifiers of one kind, or all genes of a taxon.
 *
 * @param kind of the identifiers; empty for a whole taxon
 * @param locusTags asked for beside accessions, on the metadata endpoint
 * @param taxon of the symbols, or the whole taxon
 */
public record Selector(
        Optional<IdentifierKind> kind, Identifiers identifiers, Identifiers locusTags, Optional<String> taxon) {
    private static final Pattern GENE_ID = Pattern.compile("\\d{1,10}");
    private static final long LARGEST_GENE_ID = Integer.MAX_VALUE;

    /**
     * What the options select; empty where they name nothing.
     *
     * @param accessionsFromFiles the accessions of {@code accessions_path}
     * @throws NcbiGeneException with {@link ErrorCode#SEVERAL_SELECTORS}, {@link ErrorCode#CONFLICTING_OPTIONS} or
     *     {@link ErrorCode#INVALID_IDENTIFIER}
     */
    public static Optional<Selector> of(Options options, Collection<String> accessionsFromFiles) {
        List<Option> given = given(options);
        boolean tagsBesideAccessions = given.equals(List.of(Option.ACCESSIONS, Option.LOCUS_TAGS))
                || given.equals(List.of(Option.ACCESSIONS_PATH, Option.LOCUS_TAGS));
        boolean metadata = options.text(Option.ENDPOINT).equals("metadata");
        if (tagsBesideAccessions && !metadata) {
            throw new NcbiGeneException(
                    ErrorCode.CONFLICTING_OPTIONS,
                    "Options accessions and locus_tags go together only with endpoint = metadata; NCBI's report"
                            + " endpoints take one of them. Set endpoint to metadata, or read twice and union.");
        }
        if (given.size() > 1 && !tagsBesideAccessions) {
            throw new NcbiGeneException(
                    ErrorCode.SEVERAL_SELECTORS,
                    "Options "
                            + String.join(
                                    " and ", given.stream().map(Option::key).toList())
                            + " each say which genes to read. Give one of them, or read twice and union.");
        }
        if (given.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (given.get(0)) {
                    case ACCESSIONS, ACCESSIONS_PATH -> {
                        Identifiers accessions = options.has(Option.ACCESSIONS)
                                ? listed(options, Option.ACCESSIONS)
                                : Identifiers.of(accessionsFromFiles);
                        yield new Selector(
                                Optional.of(IdentifierKind.ACCESSION),
                                accessions,
                                listed(options, Option.LOCUS_TAGS),
                                Optional.empty());
                    }
                    case LOCUS_TAGS -> listed(IdentifierKind.LOCUS_TAG, options, Optional.empty());
                    case GENE_IDS -> geneIds(options);
                    case SYMBOLS -> symbols(options);
                    default ->
                        new Selector(
                                Optional.empty(),
                                Identifiers.NONE,
                                Identifiers.NONE,
                                Optional.of(options.text(Option.TAXON)));
                });
    }

    /**
     * What the filters of a query select, where options select nothing: by the first of these columns that has a filter.
     * Empty where none has.
     */
    public static Optional<Selector> of(KeyDomains filters, Optional<String> taxon) {
        for (IdentifierKind kind :
                List.of(IdentifierKind.ACCESSION, IdentifierKind.GENE_ID, IdentifierKind.LOCUS_TAG)) {
            Optional<Identifiers> values = filters.of(kind.column());
            if (values.isPresent()) {
                return Optional.of(of(kind, values.get(), Optional.empty()));
            }
        }
        for (String column : TRANSCRIPT_COLUMNS) {
            Optional<Identifiers> values = filters.of(column);
            if (values.isPresent()) {
                return Optional.of(of(IdentifierKind.ACCESSION, values.get(), Optional.empty()));
            }
        }
        Optional<String> ofSymbols = taxon.or(() -> single(filters, "tax_id")).or(() -> single(filters, "tax_name"));
        return filters.of(IdentifierKind.SYMBOL.column())
                .filter(symbols -> ofSymbols.isPresent())
                .map(symbols -> of(IdentifierKind.SYMBOL, symbols, ofSymbols));
    }

    /** Columns of the product report whose values the service can be asked for as accessions. */
    public static final List<String> TRANSCRIPT_COLUMNS = List.of("transcript_accession", "protein_accession");

    /** The same without the accessions that the filters exclude; each row shows the accession it was asked for by. */
    public Selector narrow(KeyDomains filters) {
        Optional<Identifiers> accessions = filters.of(IdentifierKind.ACCESSION.column());
        if (!kind.equals(Optional.of(IdentifierKind.ACCESSION)) || accessions.isEmpty()) {
            return this;
        }
        return new Selector(kind, identifiers.and(accessions.get()), locusTags, taxon);
    }

    /** The first identifiers only. */
    public Selector first(int count) {
        return identifiers.size() <= count ? this : new Selector(kind, identifiers.subList(0, count), locusTags, taxon);
    }

    private static Selector of(IdentifierKind kind, Identifiers identifiers, Optional<String> taxon) {
        // What holds a comma or a control character names nothing, and cannot be asked for; nor can a number that is no
        // GeneID.
        IdentifiersBuilder askable = new IdentifiersBuilder();
        for (String text : identifiers) {
            if (ListSyntax.isEntry(Identifier.asked(kind, text))
                    && (kind != IdentifierKind.GENE_ID || isGeneId(text))) {
                askable.add(text);
            }
        }
        return new Selector(Optional.of(kind), askable.build(), Identifiers.NONE, taxon);
    }

    private static Optional<String> single(KeyDomains filters, String column) {
        return filters.of(column).filter(values -> values.size() == 1).map(values -> values.get(0));
    }

    /** The error of a scan for which neither options nor filters select anything. */
    public static NcbiGeneException missing() {
        return missing("", "or join, see docs/joins.md.");
    }

    /**
     * The error of a scan for which neither options nor filters select anything.
     *
     * @param why what the query has that comes close, in whole sentences; empty where it has nothing
     * @param joining what to do to name genes by a join
     */
    public static NcbiGeneException missing(String why, String joining) {
        return new NcbiGeneException(
                ErrorCode.NO_SELECTOR,
                "Nothing says which genes to read, and all of NCBI is never read. " + why
                        + "Give one of the options accessions, accessions_path (or load(\"path\")), locus_tags, gene_ids,"
                        + " symbols with taxon, or taxon; or filter by accession, gene_id, locus_tag, or symbol with"
                        + " tax_id; " + joining);
    }

    /** Whether there is nothing to ask for. */
    public boolean isEmpty() {
        return kind.isPresent() && identifiers.isEmpty() && locusTags.isEmpty();
    }

    private static List<Option> given(Options options) {
        List<Option> given = new ArrayList<>();
        for (Option option : List.of(
                Option.ACCESSIONS, Option.ACCESSIONS_PATH, Option.LOCUS_TAGS, Option.GENE_IDS, Option.SYMBOLS)) {
            if (options.has(option)) {
                given.add(option);
            }
        }
        if (options.has(Option.TAXON) && !options.has(Option.SYMBOLS)) {
            given.add(Option.TAXON);
        }
        return given;
    }

    private static Selector listed(IdentifierKind kind, Options options, Optional<String> taxon) {
        return new Selector(Optional.of(kind), listed(options, kind.option()), Identifiers.NONE, taxon);
    }

    private static Selector geneIds(Options options) {
        IdentifiersBuilder canonical = new IdentifiersBuilder();
        for (String id : listed(options, Option.GENE_IDS)) {
            if (!GENE_ID.matcher(id).matches() || Long.parseLong(id) > LARGEST_GENE_ID) {
                throw new NcbiGeneException(
                        ErrorCode.INVALID_IDENTIFIER,
                        "Option gene_ids holds '" + Quoted.of(id)
                                + "', which is no GeneID. Give whole numbers such as 59067; for"
                                + " symbols use symbols with taxon.");
            }
            canonical.add(Long.toString(Long.parseLong(id)));
        }
        return new Selector(Optional.of(IdentifierKind.GENE_ID), canonical.build(), Identifiers.NONE, Optional.empty());
    }

    private static boolean isGeneId(String number) {
        return GENE_ID.matcher(number).matches()
                && Long.parseLong(number) > 0
                && Long.parseLong(number) <= LARGEST_GENE_ID;
    }

    private static Selector symbols(Options options) {
        if (!options.has(Option.TAXON)) {
            throw new NcbiGeneException(
                    ErrorCode.CONFLICTING_OPTIONS,
                    "Option symbols needs taxon, since a symbol names a gene only within a taxon. Set taxon, for"
                            + " example to human or 9606.");
        }
        return listed(IdentifierKind.SYMBOL, options, Optional.of(options.text(Option.TAXON)));
    }

    private static Identifiers listed(Options options, Option option) {
        IdentifiersBuilder listed = new IdentifiersBuilder();
        options.forEach(option, listed::add);
        return listed.build();
    }
}
