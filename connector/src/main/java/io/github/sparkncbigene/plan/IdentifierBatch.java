package io.github.sparkncbigene.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one request asks for, pages aside, and the identifiers among them that cannot be sent.
 *
 * @param kind of the identifiers; null for a whole taxon
 * @param identifiers sorted, each once
 * @param locusTags asked for beside accessions
 * @param places where identifiers that cannot be sent stand in the input, as far as that is known
 */
public record IdentifierBatch(
        IdentifierKind kind, List<String> identifiers, List<String> locusTags, Map<String, String> places)
        implements Serializable {

    /** A batch without malformed identifiers, or with places unknown. */
    public IdentifierBatch(IdentifierKind kind, List<String> identifiers, List<String> locusTags) {
        this(kind, identifiers, locusTags, Map.of());
    }

    /** The identifiers that cannot be what their kind says. */
    public List<Identifier> malformed() {
        return asked().stream().filter(identifier -> !identifier.isWellFormed()).toList();
    }

    /** The batch without its malformed identifiers. */
    public IdentifierBatch wellFormed() {
        List<Identifier> malformed = kind == null ? List.of() : malformed();
        return malformed.isEmpty() ? this : without(malformed);
    }

    /** The batch with its malformed identifiers alone. */
    public IdentifierBatch malformedOnly() {
        return of(malformed());
    }

    /** Tells whether there is anything to request. */
    public boolean isSent() {
        return kind == null || asked().stream().anyMatch(Identifier::isWellFormed);
    }

    /** Everything asked for, each identifier with its kind. */
    public List<Identifier> asked() {
        List<Identifier> asked = new ArrayList<>(identifiers.size() + locusTags.size());
        identifiers.forEach(text -> asked.add(new Identifier(kind, text)));
        locusTags.forEach(text -> asked.add(new Identifier(IdentifierKind.LOCUS_TAG, text)));
        return asked;
    }

    /** How many identifiers it asks for. */
    public int size() {
        return identifiers.size() + locusTags.size();
    }

    /** The identifiers as they are sent, each once. */
    public List<String> sent() {
        return sent(kind, identifiers);
    }

    /** The locus tags beside accessions as they are sent, each once. */
    public List<String> sentLocusTags() {
        return sent(IdentifierKind.LOCUS_TAG, locusTags);
    }

    private static List<String> sent(IdentifierKind kind, List<String> texts) {
        return texts.stream()
                .map(text -> Identifier.asked(kind, text))
                .distinct()
                .toList();
    }

    /** Whether it asks for more than one identifier. */
    public boolean isDivisible() {
        return size() > 1;
    }

    /** The batches of two halves; of one identifier each in the end. */
    public List<IdentifierBatch> halves() {
        int middle = (identifiers.size() + locusTags.size()) / 2;
        return List.of(part(0, middle), part(middle, identifiers.size() + locusTags.size()));
    }

    /** A batch of one identifier. */
    public static IdentifierBatch single(Identifier identifier) {
        return new IdentifierBatch(identifier.kind(), List.of(identifier.text()), List.of());
    }

    /** The batch with some of its identifiers alone. */
    public IdentifierBatch only(Collection<Identifier> some) {
        Set<Identifier> kept = new HashSet<>(some);
        return of(asked().stream().filter(kept::contains).toList());
    }

    /** The batch without some of its identifiers. */
    public IdentifierBatch without(Collection<Identifier> some) {
        Set<Identifier> left = new HashSet<>(some);
        return of(asked().stream()
                .filter(identifier -> !left.contains(identifier))
                .toList());
    }

    private IdentifierBatch part(int from, int to) {
        return of(asked().subList(from, to));
    }

    /** A batch of some identifiers, which need not be of this one, with the places that are known here. */
    public IdentifierBatch of(List<Identifier> some) {
        List<String> tags = texts(some, true);
        return some.stream()
                .filter(identifier -> identifier.kind() != IdentifierKind.LOCUS_TAG)
                .findFirst()
                .map(first -> new IdentifierBatch(first.kind(), texts(some, false), tags, places))
                .orElseGet(() -> new IdentifierBatch(IdentifierKind.LOCUS_TAG, tags, List.of(), places));
    }

    private static List<String> texts(List<Identifier> identifiers, boolean locusTags) {
        return identifiers.stream()
                .filter(identifier -> (identifier.kind() == IdentifierKind.LOCUS_TAG) == locusTags)
                .map(Identifier::text)
                .toList();
    }
}
