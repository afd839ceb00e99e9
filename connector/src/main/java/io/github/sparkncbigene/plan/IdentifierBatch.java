package io.github.sparkncbigene.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What one request asks for, pages aside.
 *
 * @param kind of the identifiers; null for a whole taxon
 * @param identifiers sorted, each once
 * @param locusTags asked for beside accessions
 */
public record IdentifierBatch(IdentifierKind kind, List<String> identifiers, List<String> locusTags)
        implements Serializable {

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
        return identifiers.stream()
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

    /** The batch without some of its identifiers. */
    public IdentifierBatch without(Collection<Identifier> left) {
        return of(asked().stream()
                .filter(identifier -> !left.contains(identifier))
                .toList());
    }

    private IdentifierBatch part(int from, int to) {
        return of(asked().subList(from, to));
    }

    private IdentifierBatch of(List<Identifier> some) {
        boolean tagsOnly = some.stream().allMatch(identifier -> identifier.kind() == IdentifierKind.LOCUS_TAG);
        List<String> tags = texts(some, true);
        return tagsOnly
                ? new IdentifierBatch(IdentifierKind.LOCUS_TAG, tags, List.of())
                : new IdentifierBatch(kind, texts(some, false), tags);
    }

    private static List<String> texts(List<Identifier> identifiers, boolean locusTags) {
        return identifiers.stream()
                .filter(identifier -> (identifier.kind() == IdentifierKind.LOCUS_TAG) == locusTags)
                .map(Identifier::text)
                .toList();
    }
}
