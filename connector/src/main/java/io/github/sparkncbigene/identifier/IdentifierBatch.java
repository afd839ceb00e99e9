package io.github.sparkncbigene.identifier;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The identifiers of one request, without regard to pages, and the malformed identifiers among them, which are not
 * sent; or a whole taxon, which has no identifiers.
 */
public final class IdentifierBatch implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Null for a whole taxon: tasks receive batches, and an Optional cannot be serialized. */
    private final IdentifierKind kind;

    private final List<String> identifiers;
    private final List<String> locusTags;
    private final Map<String, String> places;
    /** Null if the options name the taxon, or none is needed. */
    private final String taxon;

    /** Creates a batch without malformed identifiers, or with unknown places. */
    public IdentifierBatch(IdentifierKind kind, List<String> identifiers, List<String> locusTags) {
        this(kind, identifiers, locusTags, Map.of());
    }

    /**
     * Creates a batch whose taxon the options name, if it needs one.
     *
     * @param identifiers sorted, without duplicates
     * @param locusTags locus tags requested together with accessions
     * @param places places of malformed identifiers in the input, as far as known
     */
    public IdentifierBatch(
            IdentifierKind kind, List<String> identifiers, List<String> locusTags, Map<String, String> places) {
        this(Objects.requireNonNull(kind), identifiers, locusTags, places, null);
    }

    private IdentifierBatch(
            IdentifierKind kind,
            List<String> identifiers,
            List<String> locusTags,
            Map<String, String> places,
            String taxon) {
        this.kind = kind;
        this.identifiers = identifiers;
        this.locusTags = locusTags;
        this.places = places;
        this.taxon = taxon;
    }

    /** Returns the batch of all genes of the taxon that the options name. */
    public static IdentifierBatch wholeTaxon() {
        return new IdentifierBatch(null, List.of(), List.of(), Map.of(), null);
    }

    /** Returns the batch as symbols of a taxon that a filter or a join names. */
    public IdentifierBatch inTaxon(String name) {
        return new IdentifierBatch(kind, identifiers, locusTags, places, Objects.requireNonNull(name));
    }

    /** Returns true if all genes of a taxon are requested, not the genes of identifiers. */
    public boolean isWholeTaxon() {
        return kind == null;
    }

    /** Returns the kind of the identifiers; empty for a whole taxon. */
    public Optional<IdentifierKind> kind() {
        return Optional.ofNullable(kind);
    }

    /** Returns true if the identifiers are of this kind. */
    public boolean isOf(IdentifierKind some) {
        return kind == some;
    }

    /** Returns the identifiers of {@link #kind}, sorted and without duplicates. */
    public List<String> identifiers() {
        return identifiers;
    }

    /** Returns the locus tags that are requested together with accessions. */
    public List<String> locusTags() {
        return locusTags;
    }

    /** Returns the places of malformed identifiers in the input, as far as known. */
    public Map<String, String> places() {
        return places;
    }

    /** Returns the taxon of symbols that a filter or a join names; empty if the options name it, or none is needed. */
    public Optional<String> taxon() {
        return Optional.ofNullable(taxon);
    }

    /** Returns the malformed identifiers. */
    public List<Identifier> malformed() {
        return requested().stream()
                .filter(identifier -> !identifier.isWellFormed())
                .toList();
    }

    /** Returns the batch without its malformed identifiers. */
    public IdentifierBatch wellFormed() {
        List<Identifier> malformed = malformed();
        return malformed.isEmpty() ? this : without(malformed);
    }

    /** Returns the batch with only its malformed identifiers. */
    public IdentifierBatch malformedOnly() {
        return of(malformed());
    }

    /** Returns true if there is anything to request. */
    public boolean isSent() {
        return isWholeTaxon() || requested().stream().anyMatch(Identifier::isWellFormed);
    }

    /** Returns all identifiers, each with its kind. */
    public List<Identifier> requested() {
        List<Identifier> requested = new ArrayList<>(identifiers.size() + locusTags.size());
        identifiers.forEach(text -> requested.add(new Identifier(kind, text)));
        locusTags.forEach(text -> requested.add(new Identifier(IdentifierKind.LOCUS_TAG, text)));
        return requested;
    }

    /** Returns the number of identifiers. */
    public int size() {
        return identifiers.size() + locusTags.size();
    }

    /** Returns the identifiers as they are sent, without duplicates. */
    public List<String> sent() {
        return sent(kind, identifiers);
    }

    /** Returns the locus tags as they are sent, without duplicates. */
    public List<String> sentLocusTags() {
        return sent(IdentifierKind.LOCUS_TAG, locusTags);
    }

    private static List<String> sent(IdentifierKind kind, List<String> texts) {
        return texts.stream()
                .map(text -> Identifier.requested(kind, text))
                .distinct()
                .toList();
    }

    /** Returns true if the batch has more than one identifier. */
    public boolean isDivisible() {
        return size() > 1;
    }

    /** Returns two half batches; at the smallest, each has one identifier. */
    public List<IdentifierBatch> halves() {
        int middle = (identifiers.size() + locusTags.size()) / 2;
        return List.of(part(0, middle), part(middle, identifiers.size() + locusTags.size()));
    }

    /** Returns a batch of one of its identifiers. */
    public IdentifierBatch single(Identifier identifier) {
        return of(List.of(identifier));
    }

    /** Returns a batch like this of other identifiers. */
    public IdentifierBatch with(List<String> others) {
        return new IdentifierBatch(kind, others, locusTags, places, taxon);
    }

    /** Returns a batch of some of its identifiers. */
    public IdentifierBatch only(Collection<Identifier> some) {
        Set<Identifier> wanted = new HashSet<>(some);
        return of(requested().stream().filter(wanted::contains).toList());
    }

    /** Returns the batch without some of its identifiers. */
    public IdentifierBatch without(Collection<Identifier> some) {
        Set<Identifier> left = new HashSet<>(some);
        return of(requested().stream()
                .filter(identifier -> !left.contains(identifier))
                .toList());
    }

    private IdentifierBatch part(int from, int to) {
        return of(requested().subList(from, to));
    }

    /** Returns a batch of the given identifiers, which need not be in this one, with the places known here. */
    public IdentifierBatch of(List<Identifier> some) {
        List<String> tags = texts(some, true);
        return some.stream()
                .filter(identifier -> identifier.kind() != IdentifierKind.LOCUS_TAG)
                .findFirst()
                .map(first -> new IdentifierBatch(first.kind(), texts(some, false), tags, places, taxon))
                .orElseGet(() -> new IdentifierBatch(IdentifierKind.LOCUS_TAG, tags, List.of(), places));
    }

    private static List<String> texts(List<Identifier> identifiers, boolean locusTags) {
        return identifiers.stream()
                .filter(identifier -> (identifier.kind() == IdentifierKind.LOCUS_TAG) == locusTags)
                .map(Identifier::text)
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdentifierBatch that
                && kind == that.kind
                && identifiers.equals(that.identifiers)
                && locusTags.equals(that.locusTags)
                && places.equals(that.places)
                && Objects.equals(taxon, that.taxon);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, identifiers, locusTags, places, taxon);
    }

    @Override
    public String toString() {
        return (isWholeTaxon() ? "whole taxon" : kind.column() + " " + identifiers)
                + (locusTags.isEmpty() ? "" : " and locus tags " + locusTags)
                + taxon().map(name -> " of taxon " + name).orElse("");
    }
}
