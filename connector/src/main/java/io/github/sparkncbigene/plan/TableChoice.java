package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.options.Endpoint;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.TabularHeader;
import io.github.sparkncbigene.report.Provenance;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.report.ReportSchema;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The format of rows with nested columns: a table, whose lines hold only the requested cells, or JSON, which holds the
 * whole report. A table does not say which identifier a line belongs to, so each line has to show it.
 *
 * @param fields the mnemonics to request, gene-id first; empty for JSON
 * @param ownFilter true if the identifiers of a batch are also its {@code accession_filter}
 * @param why the reason for JSON if a table could identify the rows; otherwise empty
 */
public record TableChoice(List<String> fields, boolean ownFilter, String why) implements Serializable {
    /** JSON, for rows that no table could identify. */
    public static final TableChoice NOT_CONSIDERED = new TableChoice(List.of(), false, "");

    /** Options that change the content of a response, or its pages. */
    private static final List<Option> OF_THE_RESPONSE = List.of(
            Option.RETURNED_CONTENT,
            Option.PAGE_TOKEN,
            Option.SORT_FIELD,
            Option.SORT_DIRECTION,
            Option.ACCESSION_FILTER);

    public TableChoice {
        fields = List.copyOf(fields);
    }

    /**
     * Returns the form of a read whose rows have nested columns.
     *
     * @param columns the columns of the rows
     * @param filters the filters that the rows pass
     * @param kind kind of the identifiers; empty for a taxon
     * @param ownRowsOnly true if the identifiers are transcripts or proteins, each of which selects its own rows only
     */
    public static TableChoice of(
            RequestFactory requests,
            Collection<String> columns,
            KeyDomains filters,
            Optional<IdentifierKind> kind,
            boolean ownRowsOnly) {
        if (!ownRowsOnly && !kind.equals(Optional.of(IdentifierKind.GENE_ID))) {
            return NOT_CONSIDERED;
        }
        Optional<String> objection = objection(requests.options());
        if (objection.isPresent()) {
            return json(objection.get());
        }
        Set<String> needed = new LinkedHashSet<>(List.of(KeyColumn.GENE_ID.column()));
        if (requests.report() == Report.PRODUCT) {
            needed.add(KeyColumn.TRANSCRIPT_ACCESSION.column());
        }
        requests.ownColumn().ifPresent(needed::add);
        needed.addAll(filters.byColumn().keySet());
        columns.stream().filter(column -> !isOfEveryRow(column)).forEach(needed::add);
        needed.remove(ReportSchema.ACCESSION);
        Set<String> fields = new LinkedHashSet<>();
        for (String column : needed) {
            Optional<String> field =
                    requests.report().column(column).filter(TableChoice::isFlat).flatMap(ReportNode::mnemonic);
            if (field.isEmpty()) {
                return json("a table has no single cell for " + column);
            }
            fields.add(field.get());
        }
        return new TableChoice(List.copyOf(fields), ownRowsOnly, "");
    }

    /** Returns true for a table. */
    public boolean isTable() {
        return !fields.isEmpty();
    }

    private static Optional<String> objection(Options options) {
        if (options.wireFormat().isPresent()) {
            return options.wireFormat().map(format -> "wire_format is " + format);
        }
        if (!options.isTrue(Option.PUSH_DOWN)) {
            return Optional.of("push_down is false");
        }
        if (options.endpoint() == Endpoint.METADATA) {
            return Optional.of("endpoint is metadata");
        }
        if (options.has(Option.CACHE_PATH)) {
            return Optional.of("cache_path caches whole reports");
        }
        if (options.tabularHeader() == TabularHeader.NEVER) {
            return Optional.of("include_tabular_header leaves out what proves a table");
        }
        return OF_THE_RESPONSE.stream()
                .filter(options::has)
                .findFirst()
                .map(option -> "option " + option.key() + " is set");
    }

    /** Returns true for a column that no report contains: the requested identifier, or the origin of the row. */
    private static boolean isOfEveryRow(String column) {
        return column.equals(ReportSchema.ACCESSION)
                || column.equals(Provenance.REQUESTED)
                || column.equals(Provenance.REQUEST_ID)
                || column.equals(Provenance.RETRIEVED_AT);
    }

    /** A scalar of the gene or of one of its transcripts. A list is one text in a table, whose commas prove nothing. */
    private static boolean isFlat(ReportNode node) {
        return !node.isGroup() && !node.repeated();
    }

    private static TableChoice json(String why) {
        return new TableChoice(List.of(), false, why);
    }
}
