package io.github.sparkncbigene.plan;

import java.io.Serializable;
import java.util.ArrayList;
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

    /** A batch for each identifier alone. */
    public List<IdentifierBatch> singles() {
        List<IdentifierBatch> singles = new ArrayList<>();
        identifiers.forEach(text -> singles.add(new IdentifierBatch(kind, List.of(text), List.of())));
        locusTags.forEach(text -> singles.add(new IdentifierBatch(IdentifierKind.LOCUS_TAG, List.of(text), List.of())));
        return singles;
    }
}
