package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.error.DocPage;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierAdvice;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.identifier.IdentifiersBuilder;
import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.options.Endpoint;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.text.Blanks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The requested genes: identifiers of one kind, or all genes of a taxon.
 *
 * @param kind kind of the identifiers; empty for a whole taxon
 * @param locusTags locus tags requested together with accessions, on the metadata endpoint
 * @param taxon the taxon of the symbols, or the whole taxon
 * @param places places of malformed identifiers in the input, as far as known
 * @param symbolsByTaxon the symbols by taxon if a filter or a join names them; otherwise empty
 */
public record Selector(
        Optional<IdentifierKind> kind,
        Identifiers identifiers,
        Identifiers locusTags,
        Optional<String> taxon,
        Map<String, String> places,
        NavigableMap<String, Identifiers> symbolsByTaxon) {

    /** A selector of a list. */
    public Selector(
            Optional<IdentifierKind> kind,
            Identifiers identifiers,
            Identifiers locusTags,
            Optional<String> taxon,
            Map<String, String> places) {
        this(kind, identifiers, locusTags, taxon, places, Collections.emptyNavigableMap());
    }

    /** Creates a selector without places. */
    public Selector(
            Optional<IdentifierKind> kind, Identifiers identifiers, Identifiers locusTags, Optional<String> taxon) {
        this(kind, identifiers, locusTags, taxon, Map.of());
    }

    /**
     * Returns what the options select; empty if they select nothing.
     *
     * @param accessionsFromFiles the accessions of {@code accessions_path}
     * @throws NcbiGeneException with {@link ErrorCode#SEVERAL_SELECTORS}, {@link ErrorCode#CONFLICTING_OPTIONS} or
     *     {@link ErrorCode#INVALID_IDENTIFIER}
     */
    public static Optional<Selector> of(Options options, Collection<String> accessionsFromFiles) {
        IdentifierList listed = new IdentifierList(IdentifierKind.ACCESSION);
        accessionsFromFiles.forEach(text -> listed.add(text, () -> ""));
        return of(options, listed);
    }

    /** Returns what the options select, with the places of malformed accessions in the files. */
    public static Optional<Selector> of(Options options, IdentifierList accessionsFromFiles) {
        List<Option> given = given(options);
        boolean tagsBesideAccessions = given.equals(List.of(Option.ACCESSIONS, Option.LOCUS_TAGS))
                || given.equals(List.of(Option.ACCESSIONS_PATH, Option.LOCUS_TAGS));
        boolean metadata = options.endpoint() == Endpoint.METADATA;
        if (tagsBesideAccessions && !metadata) {
            throw NcbiGeneException.of(
                    ErrorCode.CONFLICTING_OPTIONS,
                    "Options accessions and locus_tags go together only with endpoint = metadata; NCBI's report"
                            + " endpoints take one of them. Set endpoint to metadata, or read twice and union.");
        }
        if (given.size() > 1 && !tagsBesideAccessions) {
            throw NcbiGeneException.of(
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
                        IdentifierList accessions = options.has(Option.ACCESSIONS)
                                ? IdentifierList.of(IdentifierKind.ACCESSION, options)
                                : accessionsFromFiles;
                        IdentifierList tags = IdentifierList.of(IdentifierKind.LOCUS_TAG, options);
                        yield accessions.selector(tags.identifiers(), Optional.empty());
                    }
                    case LOCUS_TAGS -> listed(IdentifierKind.LOCUS_TAG, options, Optional.empty());
                    case GENE_IDS -> listed(IdentifierKind.GENE_ID, options, Optional.empty());
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
     * Returns what the filters of a query select if the options select nothing: by the first of these columns with a
     * filter; empty if none has one.
     */
    public static Optional<Selector> of(KeyDomains filters, Optional<String> taxon) {
        for (KeyColumn key : KeyColumn.values()) {
            Optional<Identifiers> values = filters.of(key);
            if (key.namesGenes() && values.isPresent()) {
                return Optional.of(of(key.kind().orElseThrow(), values.get()));
            }
        }
        return ofSymbols(filters, taxon);
    }

    /** Returns what filters on symbols select, of one or several taxa; empty unless they name both. */
    private static Optional<Selector> ofSymbols(KeyDomains filters, Optional<String> taxon) {
        Optional<Identifiers> symbols = filters.of(KeyColumn.SYMBOL);
        Optional<Identifiers> taxa = taxon.map(one -> Identifiers.of(List.of(one)))
                .or(() -> filters.of(KeyColumn.TAX_ID))
                .or(() -> filters.of(KeyColumn.TAX_NAME));
        if (symbols.isEmpty() || taxa.isEmpty()) {
            return Optional.empty();
        }
        Identifiers named = of(IdentifierKind.SYMBOL, symbols.get()).identifiers();
        NavigableMap<String, Identifiers> byTaxon = new TreeMap<>();
        taxa.get().forEach(one -> byTaxon.put(one, named));
        return Optional.of(new Selector(
                Optional.of(IdentifierKind.SYMBOL),
                named,
                Identifiers.NONE,
                Optional.empty(),
                Map.of(),
                Collections.unmodifiableNavigableMap(byTaxon)));
    }

    /** Returns a selector of the symbols that the filters name, instead of their whole taxon. */
    public Selector narrowTaxon(KeyDomains filters) {
        return kind.isPresent() ? this : ofSymbols(filters, taxon).orElse(this);
    }

    /**
     * Returns a selector without the symbols that a join does not name in their taxon.
     *
     * @param wanted symbols by taxon; empty if a join names none
     */
    public Selector only(Map<String, Set<String>> wanted) {
        if (symbolsByTaxon.isEmpty() || wanted.isEmpty()) {
            return this;
        }
        NavigableMap<String, Identifiers> narrowed = new TreeMap<>();
        symbolsByTaxon.forEach((one, symbols) -> {
            Identifiers left = symbols.and(Identifiers.of(wanted.getOrDefault(one, Set.of())));
            if (!left.isEmpty()) {
                narrowed.put(one, left);
            }
        });
        return new Selector(
                kind, identifiers, locusTags, taxon, places, Collections.unmodifiableNavigableMap(narrowed));
    }

    /**
     * Returns the selector without the accessions that the filters exclude; each row shows the accession by which it
     * was requested.
     */
    public Selector narrow(KeyDomains filters) {
        Optional<Identifiers> accessions = filters.of(KeyColumn.ACCESSION);
        if (!kind.equals(Optional.of(IdentifierKind.ACCESSION)) || accessions.isEmpty()) {
            return this;
        }
        return new Selector(kind, identifiers.and(accessions.get()), locusTags, taxon, places);
    }

    /** Returns a selector like this of other identifiers. */
    public Selector with(Identifiers others) {
        return new Selector(kind, others, locusTags, taxon, places);
    }

    /** Returns a selector like this of other symbols. */
    public Selector with(NavigableMap<String, Identifiers> others) {
        return new Selector(
                kind,
                others.isEmpty() ? Identifiers.NONE : identifiers,
                locusTags,
                taxon,
                places,
                Collections.unmodifiableNavigableMap(others));
    }

    /** Returns a selector of the first identifiers. */
    public Selector first(int count) {
        return identifiers.size() <= count
                ? this
                : new Selector(kind, identifiers.subList(0, count), locusTags, taxon, places);
    }

    private static Selector of(IdentifierKind kind, Identifiers identifiers) {
        // White space alone, or an invalid GeneID, cannot match: a filter or a join compares values.
        IdentifiersBuilder naming = new IdentifiersBuilder();
        for (String text : identifiers) {
            boolean isValue = kind != IdentifierKind.GENE_ID || new Identifier(kind, text).isWellFormed();
            if (isValue && !Blanks.strip(text).isEmpty()) {
                naming.add(text);
            }
        }
        return new Selector(Optional.of(kind), naming.build(), Identifiers.NONE, Optional.empty());
    }

    /** Returns the error of a scan for which neither options nor filters select genes. */
    public static NcbiGeneException missing() {
        return missing("", "or join, see " + DocPage.of("joins") + ".");
    }

    /**
     * Returns the error of a scan for which neither options nor filters select genes.
     *
     * @param why the nearest parts of the query, in whole sentences; empty if there are none
     * @param joining how to name genes by a join
     */
    public static NcbiGeneException missing(String why, String joining) {
        return NcbiGeneException.of(
                ErrorCode.NO_SELECTOR,
                "Nothing says which genes to read, and all of NCBI is never read. " + why
                        + "Give one of the options accessions, accessions_path (or load(\"path\")), locus_tags, gene_ids,"
                        + " symbols with taxon, or taxon; or filter by accession, gene_id, locus_tag, or symbol with"
                        + " tax_id; " + joining);
    }

    /**
     * Checks that every identifier can be sent.
     *
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_IDENTIFIER}, which names the first invalid one
     */
    public void checkWellFormed() {
        kind.ifPresent(of -> {
            identifiers.forEach(text -> checkWellFormed(new Identifier(of, text)));
            locusTags.forEach(text -> checkWellFormed(new Identifier(IdentifierKind.LOCUS_TAG, text)));
        });
    }

    private void checkWellFormed(Identifier identifier) {
        if (!identifier.isWellFormed()) {
            throw NcbiGeneException.of(
                    ErrorCode.INVALID_IDENTIFIER,
                    IdentifierAdvice.invalid(identifier, places.getOrDefault(identifier.text(), ""))
                            + " Mode is FAILFAST: correct the entry, or read with mode PERMISSIVE to get a row that"
                            + " says so, or DROPMALFORMED to get none.");
        }
    }

    /** Returns true if there is nothing to request. */
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
        return IdentifierList.of(kind, options).selector(Identifiers.NONE, taxon);
    }

    private static Selector symbols(Options options) {
        if (!options.has(Option.TAXON)) {
            throw NcbiGeneException.of(
                    ErrorCode.CONFLICTING_OPTIONS,
                    "Option symbols needs taxon, since a symbol names a gene only within a taxon. Set taxon, for"
                            + " example to human or 9606.");
        }
        return listed(IdentifierKind.SYMBOL, options, Optional.of(options.text(Option.TAXON)));
    }
}
