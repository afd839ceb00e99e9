package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierAdvice;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.options.AccessionRows;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.report.Warnings;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.spec.BatchMessages;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles identifiers for which NCBI has nothing, according to {@code mode}. */
final class MissingRows {
    private static final Logger LOG = LoggerFactory.getLogger(MissingRows.class);

    private final ReadSpec spec;
    private final IdentifierBatch batch;
    private final RowLayout layout;
    private final TaskCounters counters;

    /** @param batch that the identifiers are in */
    MissingRows(ReadSpec spec, IdentifierBatch batch, RowLayout layout, TaskCounters counters) {
        this.spec = spec;
        this.batch = batch;
        this.layout = layout;
        this.counters = counters;
    }

    /**
     * Makes the row of an identifier, if it has one.
     *
     * @param said NCBI's messages about the identifier
     * @param from the response that lacks the report
     */
    void add(Identifier identifier, List<NcbiWarning> said, Retrieval from, Consumer<Object[]> rows) {
        String filtered =
                spec.options().has(Option.ACCESSION_FILTER) ? " that " + Option.ACCESSION_FILTER.key() + " keeps" : "";
        add(
                identifier,
                quote -> "NCBI returned nothing for " + identifier.kind().words() + " " + quote + identifier.text()
                        + quote + ofTaxon(identifier) + filtered,
                said,
                from,
                rows);
    }

    /** Makes the row of an accession whose gene was found, but no transcript or protein that it is. */
    void addWithoutOwn(Identifier identifier, Retrieval from, Consumer<Object[]> rows) {
        AccessionRows kind = spec.options().accessionRows();
        add(
                identifier,
                quote -> "NCBI's report holds no " + kind + " " + quote + identifier.text() + quote
                        + ", only its gene with others",
                List.of(),
                from,
                rows);
    }

    /** Reports a taxon without genes: it has no row, because all columns would be empty. */
    void taxon(BatchMessages messages) {
        boolean unknown = messages.anyNamesTaxon();
        String nothing = (unknown ? "NCBI does not know " : "NCBI returned nothing for ") + "taxon '"
                + spec.taxon(batch).orElse("") + "'" + messages.words();
        if (spec.mode() == Mode.FAILFAST) {
            throw NcbiGeneException.of(
                    ErrorCode.NOT_FOUND,
                    nothing + ", and mode is FAILFAST. Correct it, or read with mode PERMISSIVE to get no rows.");
        }
        LOG.warn(
                unknown ? "{}." : "{}. The taxon is not known, or has no genes.",
                spec.options().hidden(nothing));
    }

    private void add(
            Identifier identifier,
            UnaryOperator<String> reason,
            List<NcbiWarning> said,
            Retrieval from,
            Consumer<Object[]> rows) {
        counters.count(Counter.NOT_FOUND);
        switch (spec.mode()) {
            case PERMISSIVE -> {
                if (batch.taxon().isPresent()) {
                    // A row without a taxon does not pass the filter that names it.
                    return;
                }
                NcbiWarning own = NcbiWarning.own(Warnings.NOT_FOUND, reason.apply("") + advice(identifier, ". "));
                layout.missing(identifier, said.isEmpty() ? List.of(own) : said, from, rows);
            }
            case FAILFAST ->
                throw NcbiGeneException.of(
                        ErrorCode.NOT_FOUND,
                        reason.apply("'") + NcbiWarning.words(said)
                                + ", and mode is FAILFAST." + (said.isEmpty() ? advice(identifier, " ") : "")
                                + " Correct it, or read with mode"
                                + " PERMISSIVE to get a row that says so, or DROPMALFORMED to get none.");
            case DROPMALFORMED -> {
                // The identifier has no row in this mode.
            }
        }
    }

    /** The taxon that a symbol was looked for in. */
    private String ofTaxon(Identifier identifier) {
        return identifier.kind() == IdentifierKind.SYMBOL
                ? spec.taxon(batch).map(taxon -> " of taxon '" + taxon + "'").orElse("")
                : "";
    }

    /** Describes what the identifier looks like, after a separator; empty if it looks right. */
    private static String advice(Identifier identifier, String separator) {
        return IdentifierAdvice.notServed(identifier).map(separator::concat).orElse("");
    }
}
