package io.github.sparkncbigene.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.options.Endpoint;
import io.github.sparkncbigene.options.Method;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.ReturnedContent;
import io.github.sparkncbigene.options.WireFormat;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.GeneRequest.Parameter;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds the request for a batch: NCBI's path, GET or POST, and the parameters.
 *
 * @param report the report to read
 * @param options source of the parameters
 * @param wireFormat the requested format
 * @param tableFields mnemonics of a tabular report, in order; empty for nested columns
 * @param narrowed what the query does not need
 */
public record RequestFactory(
        Report report, Options options, WireFormat wireFormat, List<String> tableFields, Narrowed narrowed)
        implements Serializable {
    private static final Set<Option> LISTS =
            Set.of(Option.ACCESSIONS, Option.LOCUS_TAGS, Option.GENE_IDS, Option.SYMBOLS);

    /**
     * Reductions of a request that the query allows. They do not change the rows.
     *
     * @param returnedContent the part of each gene that is enough
     * @param largestPage largest number of reports on a page that the query needs
     * @param accessionFilter transcripts or proteins that the query keeps
     * @param table the form of rows with nested columns
     */
    public record Narrowed(
            ReturnedContent returnedContent, int largestPage, List<String> accessionFilter, TableChoice table)
            implements Serializable {
        /** For a page as large as the options say. */
        public static final int ANY_PAGE = Integer.MAX_VALUE;

        public static final Narrowed NOT = new Narrowed(ReturnedContent.COMPLETE, ANY_PAGE, List.of());

        public Narrowed {
            accessionFilter = List.copyOf(accessionFilter);
        }

        /** In JSON. */
        public Narrowed(ReturnedContent returnedContent, int largestPage, List<String> accessionFilter) {
            this(returnedContent, largestPage, accessionFilter, TableChoice.NOT_CONSIDERED);
        }
    }

    /** From this length on, proxies and gateways start to refuse URLs. */
    private static final int SHORT_URL = 2000;

    private static final JsonFactory JSON = new JsonFactory();

    /** NCBI's parameters that are sent unchanged, in the order of its documentation. */
    private static final List<Option> PASSED_ON = List.of(
            Option.RETURNED_CONTENT,
            Option.TABLE_FIELDS,
            Option.INCLUDE_TABULAR_HEADER,
            Option.PAGE_SIZE,
            Option.QUERY,
            Option.TYPES,
            Option.ACCESSION_FILTER,
            Option.TAX_SEARCH_SUBTREE);

    /**
     * Returns the factory of a read with these options, for all that they select.
     *
     * @throws NcbiGeneException with {@link ErrorCode#UNKNOWN_TABLE_FIELD} or {@link ErrorCode#CONFLICTING_OPTIONS}
     */
    public static RequestFactory of(Options options) {
        List<String> fields = TableFields.of(options, options.report());
        return new RequestFactory(options.report(), options, WireChoice.of(options, fields), fields, Narrowed.NOT);
    }

    /** Returns a factory that requests complete reports, in case the service does not reduce them as expected. */
    public RequestFactory plain() {
        return with(new Narrowed(ReturnedContent.COMPLETE, narrowed.largestPage(), List.of()));
    }

    /** Returns the column of listed accessions that select only their own transcript or protein; otherwise empty. */
    public Optional<String> ownColumn() {
        return switch (options.accessionRows()) {
            case GENE -> Optional.empty();
            case TRANSCRIPT -> Optional.of(KeyColumn.TRANSCRIPT_ACCESSION.column());
            case PROTEIN -> Optional.of(KeyColumn.PROTEIN_ACCESSION.column());
        };
    }

    /** Returns true if the requests are reduced. */
    public boolean isNarrowed() {
        return narrowed.returnedContent() != ReturnedContent.COMPLETE
                || !narrowed.accessionFilter().isEmpty();
    }

    /** Returns true if rows with nested columns are requested as a table. */
    public boolean isTable() {
        return narrowed.table().isTable();
    }

    /** Returns a factory without the lists of identifiers, which may be long and are in the batches. */
    public RequestFactory withoutLists() {
        return new RequestFactory(report, options.without(LISTS), wireFormat, tableFields, narrowed);
    }

    public RequestFactory with(Narrowed other) {
        return new RequestFactory(report, options, wireFormat, tableFields, other);
    }

    /** Returns a factory for another format of nested columns. */
    public RequestFactory with(TableChoice table) {
        // A table holds only the requested fields; there is nothing to leave out.
        ReturnedContent content = table.isTable() ? ReturnedContent.COMPLETE : narrowed.returnedContent();
        return with(new Narrowed(content, narrowed.largestPage(), narrowed.accessionFilter(), table));
    }

    /**
     * Returns the request for a page of a batch.
     *
     * @param pageToken token of the page, or empty for the first
     */
    public GeneRequest request(IdentifierBatch batch, Optional<String> pageToken) {
        Optional<String> token = pageToken.or(() -> options.find(Option.PAGE_TOKEN));
        Optional<Method> method = options.method();
        Optional<String> path = method.equals(Optional.of(Method.POST)) ? Optional.empty() : getPath(batch);
        if (path.isPresent()) {
            GeneRequest get = new GeneRequest(path.get(), query(batch, token), null, accept(), batch.isDivisible());
            if (method.isPresent() || get.pathAndQuery().length() <= SHORT_URL) {
                return get;
            }
        }
        return new GeneRequest(postPath(), List.of(), body(batch, token), accept(), batch.isDivisible());
    }

    /** Returns true if NCBI has a GET path for identifiers of the batch's kind. */
    private boolean hasGetPath(IdentifierBatch batch) {
        return !batch.isOf(IdentifierKind.LOCUS_TAG) || !isMetadata();
    }

    private String accept() {
        return switch (isTable() ? WireFormat.TSV : wireFormat) {
            case JSON -> GeneRequest.JSON;
            case NDJSON -> GeneRequest.NDJSON;
            case TSV -> GeneRequest.TSV;
        };
    }

    private boolean isMetadata() {
        return options.endpoint() == Endpoint.METADATA;
    }

    private Optional<String> getPath(IdentifierBatch batch) {
        boolean empty = !batch.isWholeTaxon() && batch.identifiers().isEmpty();
        // A path segment of dots only would be read as a step along the path.
        boolean steps = Stream.concat(batch.sent().stream(), taxon(batch).stream())
                .anyMatch(text -> text.equals(".") || text.equals(".."));
        if (empty || steps || !hasGetPath(batch)) {
            return Optional.empty();
        }
        String identifiers = batch.sent().stream().map(GeneRequest::encode).collect(Collectors.joining(","));
        String taxon = taxon(batch).map(GeneRequest::encode).orElse("");
        String selected = batch.kind()
                .map(kind -> switch (kind) {
                    case ACCESSION -> "/gene/accession/" + identifiers;
                    case LOCUS_TAG -> "/gene/locus_tag/" + identifiers;
                    case GENE_ID -> "/gene/id/" + identifiers;
                    case SYMBOL -> "/gene/symbol/" + identifiers + "/taxon/" + taxon;
                })
                .orElse("/gene/taxon/" + taxon);
        return Optional.of(isMetadata() ? selected : selected + "/" + reportPath());
    }

    /** Returns the requested taxon of a batch, with symbols or alone. */
    public Optional<String> taxon(IdentifierBatch batch) {
        return batch.taxon().or(() -> options.find(Option.TAXON));
    }

    private String postPath() {
        return isMetadata() ? "/gene" : "/gene/" + reportPath();
    }

    private String reportPath() {
        return report == Report.GENE ? "dataset_report" : "product_report";
    }

    private List<Parameter> query(IdentifierBatch batch, Optional<String> token) {
        List<Parameter> query = new ArrayList<>();
        batch.sentLocusTags().forEach(tag -> query.add(new Parameter(Option.LOCUS_TAGS.key(), tag)));
        for (Option option : PASSED_ON) {
            values(option, batch).forEach(value -> query.add(new Parameter(option.key(), value)));
        }
        token.ifPresent(value -> query.add(new Parameter(Option.PAGE_TOKEN.key(), value)));
        options.find(Option.SORT_FIELD).ifPresent(value -> query.add(new Parameter(Option.SORT_FIELD.key(), value)));
        options.find(Option.SORT_DIRECTION)
                .ifPresent(value -> query.add(new Parameter(Option.SORT_DIRECTION.key(), value)));
        return query;
    }

    /**
     * Returns a parameter's values as they are sent; none if it is not set, or does not apply to the requested format.
     */
    private List<String> values(Option option, IdentifierBatch batch) {
        if (isTabular(option) && wireFormat != WireFormat.TSV && !isTable()) {
            return List.of();
        }
        if (option == Option.TABLE_FIELDS) {
            return isTable() ? narrowed.table().fields() : tableFields;
        }
        if (option == Option.ACCESSION_FILTER && isTable()) {
            // A gene of which a filter leaves nothing would look as if it were unknown.
            return narrowed.table().ownFilter() ? batch.sent() : List.of();
        }
        if (option == Option.RETURNED_CONTENT && narrowed.returnedContent() != ReturnedContent.COMPLETE) {
            return List.of(narrowed.returnedContent().toString());
        }
        if (option == Option.PAGE_SIZE) {
            return List.of(Integer.toString(Math.min(options.integer(option), narrowed.largestPage())));
        }
        if (option == Option.ACCESSION_FILTER && !narrowed.accessionFilter().isEmpty()) {
            return narrowed.accessionFilter();
        }
        if (!options.has(option)) {
            return List.of();
        }
        return isList(option) ? options.list(option) : List.of(options.text(option));
    }

    private static boolean isTabular(Option option) {
        return option == Option.TABLE_FIELDS || option == Option.INCLUDE_TABULAR_HEADER;
    }

    private static boolean isList(Option option) {
        return option == Option.TABLE_FIELDS || option == Option.TYPES || option == Option.ACCESSION_FILTER;
    }

    private String body(IdentifierBatch batch, Optional<String> token) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writeSelector(json, batch);
            for (Option option : PASSED_ON) {
                List<String> values = values(option, batch);
                if (isList(option) && !values.isEmpty()) {
                    writeArray(json, option.key(), values);
                } else if (!values.isEmpty()) {
                    writeScalar(json, option, values.get(0));
                }
            }
            if (token.isPresent()) {
                json.writeStringField(Option.PAGE_TOKEN.key(), token.get());
            }
            writeSort(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void writeSelector(JsonGenerator json, IdentifierBatch batch) throws IOException {
        if (batch.isWholeTaxon()) {
            json.writeStringField("taxon", taxon(batch).orElseThrow());
        } else {
            writeIdentifiers(json, batch.kind().orElseThrow(), batch);
        }
        if (!batch.locusTags().isEmpty()) {
            writeArray(json, Option.LOCUS_TAGS.key(), batch.sentLocusTags());
        }
    }

    private void writeIdentifiers(JsonGenerator json, IdentifierKind kind, IdentifierBatch batch) throws IOException {
        switch (kind) {
            case SYMBOL -> {
                json.writeObjectFieldStart("symbols_for_taxon");
                writeArray(json, "symbols", batch.sent());
                json.writeStringField("taxon", taxon(batch).orElseThrow());
                json.writeEndObject();
            }
            case GENE_ID -> {
                json.writeArrayFieldStart("gene_ids");
                for (String id : batch.sent()) {
                    json.writeNumber(Long.parseLong(id));
                }
                json.writeEndArray();
            }
            case ACCESSION, LOCUS_TAG -> writeArray(json, kind.option().key(), batch.sent());
        }
    }

    private static void writeScalar(JsonGenerator json, Option option, String value) throws IOException {
        if (option == Option.PAGE_SIZE) {
            json.writeNumberField(option.key(), Integer.parseInt(value));
        } else if (option == Option.TAX_SEARCH_SUBTREE) {
            json.writeBooleanField(option.key(), Boolean.parseBoolean(value));
        } else {
            json.writeStringField(option.key(), value);
        }
    }

    private void writeSort(JsonGenerator json) throws IOException {
        if (options.has(Option.SORT_FIELD) || options.has(Option.SORT_DIRECTION)) {
            json.writeArrayFieldStart("sort");
            json.writeStartObject();
            if (options.has(Option.SORT_FIELD)) {
                json.writeStringField("field", options.text(Option.SORT_FIELD));
            }
            if (options.has(Option.SORT_DIRECTION)) {
                json.writeStringField("direction", options.text(Option.SORT_DIRECTION));
            }
            json.writeEndObject();
            json.writeEndArray();
        }
    }

    private static void writeArray(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
