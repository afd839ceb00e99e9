package io.github.sparkncbigene.spec;

import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** NCBI's messages in the responses to a batch: about requested identifiers, and about the request as a whole. */
public final class BatchMessages {
    /**
     * Largest number of stored messages about the request. Errors quote one at a time, so more that name nothing
     * requested are useless.
     */
    private static final int MOST = 100;

    private final BatchMatcher matcher;
    private final Optional<String> taxon;
    private final List<NcbiWarning> general = new ArrayList<>();
    private final Map<Identifier, Set<NcbiWarning>> byIdentifier = new HashMap<>();

    /** @param taxon the requested taxon, alone or with symbols */
    public BatchMessages(BatchMatcher matcher, Optional<String> taxon) {
        this.matcher = matcher;
        this.taxon = taxon;
    }

    /** Adds the messages of an element without a gene, about the identifiers that they name or the element echoes. */
    public void addAll(ReportValues report) {
        for (NcbiWarning warning : report.warnings()) {
            if (matcher.knownAs(warning.names()).isEmpty()) {
                matcher.knownAs(report.query()).forEach(identifier -> add(identifier, warning));
            }
            add(warning);
        }
    }

    /** Adds a message about the identifiers that it names, or about the request if it names none. */
    public void add(NcbiWarning message) {
        Set<Identifier> about = matcher.knownAs(message.names());
        about.forEach(identifier -> add(identifier, message));
        if (about.isEmpty() && general.size() < MOST) {
            general.add(message);
        }
    }

    private void add(Identifier identifier, NcbiWarning message) {
        byIdentifier.computeIfAbsent(identifier, none -> new LinkedHashSet<>()).add(message);
    }

    /** Returns true if a message is about the identifier. */
    public boolean hasAbout(Identifier identifier) {
        return byIdentifier.containsKey(identifier);
    }

    /** Returns the messages that explain why an identifier has no report. */
    public List<NcbiWarning> reasonsFor(Identifier identifier) {
        // An unknown taxon is the reason for all else that is missing.
        return Stream.concat(
                        general.stream()
                                .filter(message -> identifier.kind() == IdentifierKind.SYMBOL && namesTaxon(message)),
                        byIdentifier.getOrDefault(identifier, Set.of()).stream())
                .toList();
    }

    /** Returns true if a message is about the taxon: NCBI does not know it. */
    public boolean anyNamesTaxon() {
        return general.stream().anyMatch(this::namesTaxon);
    }

    private boolean namesTaxon(NcbiWarning message) {
        return taxon.filter(message.names()::contains).isPresent();
    }

    /** Returns the messages about the request, to be appended to an error. */
    public String words() {
        return NcbiWarning.words(general);
    }
}
