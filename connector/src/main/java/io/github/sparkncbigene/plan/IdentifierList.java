package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.identifier.IdentifiersBuilder;
import io.github.sparkncbigene.options.Options;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects the identifiers of a list or of files, and records the places of malformed ones. */
public final class IdentifierList {
    /** Largest number of recorded places: a list of the wrong kind may be malformed from end to end. */
    private static final int MOST_PLACES = 1000;

    private final IdentifierKind kind;
    private final IdentifiersBuilder identifiers = new IdentifiersBuilder();
    private final Map<String, String> places = new HashMap<>();
    private long entries;

    public IdentifierList(IdentifierKind kind) {
        this.kind = kind;
    }

    /** Returns the identifiers that the kind's option lists. */
    static IdentifierList of(IdentifierKind kind, Options options) {
        IdentifierList list = new IdentifierList(kind);
        options.forEach(
                kind.option(),
                text -> list.add(
                        text,
                        () -> "entry " + list.entries + " of " + kind.option().key()));
        return list;
    }

    /**
     * Adds an entry.
     *
     * @param text text without white space around it
     * @param place place of the entry, for a message
     */
    public void add(String text, Supplier<String> place) {
        entries++;
        Identifier identifier = new Identifier(kind, text);
        if (!identifier.isWellFormed() && places.size() < MOST_PLACES && !places.containsKey(text)) {
            places.put(text, place.get());
        }
        identifiers.add(identifier.normalized());
    }

    /** Returns the added identifiers, sorted and without duplicates. */
    Identifiers identifiers() {
        return identifiers.build();
    }

    /** Returns a selector of exactly the added identifiers. */
    public Selector selector() {
        return selector(Identifiers.NONE, Optional.empty());
    }

    Selector selector(Identifiers locusTags, Optional<String> taxon) {
        return new Selector(Optional.of(kind), identifiers(), locusTags, taxon, Map.copyOf(places));
    }
}
