package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.ReturnedContent;
import io.github.sparkncbigene.options.WireFormat;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.segment.Seals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything but the identifier that the response depends on. Reads of the same scope share cached responses.
 *
 * @param name name of the directory
 * @param text the whole scope, in words
 */
public record CacheScope(String name, String text) {
    /** Options that change a report if they are given. */
    private static final List<Option> CHANGE_REPORTS = List.of(Option.TAX_SEARCH_SUBTREE, Option.QUERY, Option.TYPES);

    /** Options with which the reports of an identifier depend on the other identifiers of its request. */
    private static final List<Option> DEPEND_ON_REQUEST =
            List.of(Option.PAGE_TOKEN, Option.SORT_FIELD, Option.SORT_DIRECTION);

    private static final int HASH_LENGTH = 16;

    /**
     * Returns the scope of a read; empty if its responses cannot be cached by identifier.
     *
     * @param batch any batch of the read
     */
    public static Optional<CacheScope> of(RequestFactory requests, IdentifierBatch batch) {
        if (batch.isWholeTaxon() || !batch.locusTags().isEmpty()) {
            return Optional.empty();
        }
        IdentifierKind kind = batch.kind().orElseThrow();
        Options options = requests.options();
        boolean tabular = requests.wireFormat() == WireFormat.TSV;
        if (tabular || requests.isNarrowed() || DEPEND_ON_REQUEST.stream().anyMatch(options::has)) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        lines.add(options.text(Option.BASE_URL));
        lines.add(options.endpoint().toString());
        lines.add(requests.report().word());
        lines.add(kind.column());
        if (kind == IdentifierKind.SYMBOL) {
            requests.taxon(batch).ifPresent(taxon -> lines.add("taxon=" + taxon));
        }
        if (options.returnedContent() != ReturnedContent.COMPLETE) {
            lines.add(Option.RETURNED_CONTENT.key() + "=" + options.returnedContent());
        }
        for (Option option : CHANGE_REPORTS) {
            options.find(option).ifPresent(value -> lines.add(option.key() + "=" + value));
        }
        options.list(Option.ACCESSION_FILTER).stream()
                .sorted()
                .distinct()
                .forEach(value -> lines.add(Option.ACCESSION_FILTER.key() + "=" + value));
        String text = String.join("\n", lines);
        String name = requests.report().word() + "-" + kind.column() + "-"
                + Seals.hash(text).substring(0, HASH_LENGTH);
        return Optional.of(new CacheScope(name.toLowerCase(Locale.ROOT), text));
    }
}
