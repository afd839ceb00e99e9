package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.plan.RequestRules;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.List;
import java.util.Optional;

/** The rules for options of a stream. */
final class StreamRules {
    private StreamRules() {}

    /**
     * Checks the options of a stream.
     *
     * @throws NcbiGeneException with {@link ErrorCode#NO_SELECTOR} or {@link ErrorCode#CONFLICTING_OPTIONS}
     */
    static void check(ReadSpec spec) {
        Options options = spec.options();
        if (!options.has(Option.ACCESSIONS_PATH)) {
            throw NcbiGeneException.of(
                    ErrorCode.NO_SELECTOR,
                    "A stream reads the accessions of files, and none are given. Give accessions_path or load(\"path\"),"
                            + " or use spark.read for what other options select.");
        }
        for (Option option : List.of(Option.LOCUS_TAGS, Option.PAGE_TOKEN, Option.SORT_FIELD, Option.SORT_DIRECTION)) {
            if (options.has(option)) {
                throw NcbiGeneException.of(
                        ErrorCode.CONFLICTING_OPTIONS,
                        "Option " + option.key() + " only makes sense within one request, and a stream makes many; drop"
                                + " it.");
            }
        }
        Selector.of(options, List.of());
        RequestRules.check(
                options,
                spec.requests().report(),
                new Selector(
                        Optional.of(IdentifierKind.ACCESSION), Identifiers.NONE, Identifiers.NONE, Optional.empty()));
    }
}
