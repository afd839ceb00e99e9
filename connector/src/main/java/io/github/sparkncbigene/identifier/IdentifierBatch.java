package io.github.sparkncbigene.identifier;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The identifiers of one request, without regard to pages, and the malformed identifiers among them, which are not
 * sent.
 *
 * @param kind kind of the identifiers; null for a whole taxon
 * @param identifiers sorted, without duplicates
 * @param locusTags locus tags requested together with accessions
 * @param places places of malformed identifiers in the input, as far as known
 * @param taxon of symbols that a filter or a join names; null where the options say
 */
public record IdentifierBatch(
        IdentifierKind kind, List<String> identifiers, List<String> locusTags, Map<String, String> places, String taxon)
        implements Serializable {
    /** A batch of a list, whose taxon the options name if it needs one. */
    public IdentifierBatch(
            IdentifierKind kind, List<String> identifiers, List<String> locusTags, Map<String, String> places) {
        this(kind, identifiers, locusTags, places, null);
    }

    /** Creates a batch without malformed identifiers, or with unknown places. */
    public IdentifierBatch(IdentifierKind kind, List<String> identifiers, List<String> locusTags) {
        this(kind, identifiers, locusTags, Map.of());
    }

    /** Returns the malformed identifiers. */
    public List<Identifier> malformed() {
        return requested().stream()
                .filter(identifier -> !identifier.isWellFormed())
                .toList();
    }

    /** Returns the batch without its malformed identifiers. */
    public IdentifierBatch wellFormed() {
        List<Identifier> malformed = kind == null ? List.of() : malformed();
        return malformed.isEmpty() ? this : without(malformed);
    }

    /** Returns the batch with only its malformed identifiers. */
    public IdentifierBatch malformedOnly() {
        return of(malformed());
    }

    /** Returns true if there is anything to request. */
    public boolean isSent() {
        return kind == null || requested().stream().anyMatch(Identifier::isWellFormed);
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

    /** The batch with one of its identifiers alone. */
    public IdentifierBatch single(Identifier identifier) {
        return of(List.of(identifier));
    }

    /** A batch like this of other identifiers. */
    public IdentifierBatch with(List<String> others) {
        return new IdentifierBatch(kind, others, locusTags, places, taxon);
    }

    /** The batch with some of its identifiers alone. */
    public IdentifierBatch only(Collection<Identifier> some) {
        Set<Identifier> kept = new HashSet<>(some);
        return of(requested().stream().filter(kept::contains).toList());
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
}
