package io.github.sparkncbigene.join;

import io.github.sparkncbigene.error.DocPage;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.report.Provenance;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.text.ListSyntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;

/**
 * Puts NCBI's gene records beside the rows of a Dataset, by a column of it that holds accessions, GeneIDs, locus tags
 * or symbols. Only what that column holds is requested, each identifier once:
 *
 * <pre>{@code
 * Dataset<Row> enriched = NcbiGeneLookup.of(variants, "transcript").left();
 * Dataset<Row> named = NcbiGeneLookup.of(counts, "gene").on("symbol").option("taxon", "human").left();
 * }</pre>
 *
 * <p>A row gets the genes that NCBI finds by its key, as the column {@code _requested} says: also those of which the
 * key is a synonym, or that have replaced a GeneID.
 *
 * The lookup reads the column at once, and collects its distinct values. The result is an ordinary Dataset, which sends
 * requests when it is read. The data is therefore read twice: cache it if reading is expensive, or may return other
 * rows. See docs/joins.md.
 */
public final class NcbiGeneLookup {
    /** Names of temporary columns during the join. */
    private static final String KEY = "__ncbi_gene_key";

    private static final String FOUND = "__ncbi_gene_found";
    private static final String TAXON = "__ncbi_gene_taxon";
    private static final String TAXON_FOUND = "__ncbi_gene_taxon_found";

    private final Dataset<Row> data;
    private final String key;
    /** The methods that set one of the following fields set it in a copy: a lookup never changes. */
    private String column = KeyColumn.ACCESSION.column();

    private Map<String, String> options = Map.of();
    private String prefix = "";
    private Optional<String> taxa = Optional.empty();
    private boolean exact;

    private NcbiGeneLookup(Dataset<Row> data, String key) {
        this.data = Objects.requireNonNull(data);
        this.key = Objects.requireNonNull(key);
    }

    private NcbiGeneLookup(NcbiGeneLookup other) {
        this(other.data, other.key);
        column = other.column;
        options = other.options;
        prefix = other.prefix;
        taxa = other.taxa;
        exact = other.exact;
    }

    /**
     * Creates a lookup by accession.
     *
     * @param data the rows that get genes
     * @param key the column of the data that holds accessions, or the identifiers set by {@link #on}
     * @return the lookup, to be configured or run
     */
    public static NcbiGeneLookup of(Dataset<Row> data, String key) {
        return new NcbiGeneLookup(data, key);
    }

    /**
     * Sets the kind of identifier in the data's column.
     *
     * @param geneColumn {@code accession}, {@code gene_id}, {@code locus_tag}, or {@code symbol}, which needs a taxon:
     *     the option {@code taxon}, or {@link #taxonColumn}; or {@code transcript_accession} or
     *     {@code protein_accession}, for the product report's row of that transcript or protein
     * @return the look-up by that kind of identifier
     */
    public NcbiGeneLookup on(String geneColumn) {
        NcbiGeneLookup changed = new NcbiGeneLookup(this);
        changed.column = Objects.requireNonNull(geneColumn);
        return changed;
    }

    /**
     * Names the column of the data that holds the taxon of each symbol, for data of several organisms: taxonomy ids, as
     * numbers or text, or names. Each taxon takes requests of its own, for its symbols only.
     *
     * @param taxonColumn the column
     * @return the look-up with these taxa
     */
    public NcbiGeneLookup taxonColumn(String taxonColumn) {
        NcbiGeneLookup changed = new NcbiGeneLookup(this);
        changed.taxa = Optional.of(taxonColumn);
        return changed;
    }

    /**
     * Leaves out genes of which the key is a synonym only, and those that have replaced a GeneID: the gene's own column
     * has to equal the key, in letter case too.
     *
     * @return the look-up of exact matches
     */
    public NcbiGeneLookup exact() {
        NcbiGeneLookup changed = new NcbiGeneLookup(this);
        changed.exact = true;
        return changed;
    }

    /**
     * Sets an option of the read, such as {@code report}; see docs/options.md.
     *
     * @param name name of the option, in any letter case
     * @param value the option's value, converted to text
     * @return the lookup with that option
     */
    public NcbiGeneLookup option(String name, Object value) {
        return options(Map.of(name, value.toString()));
    }

    /**
     * Sets options of the read.
     *
     * @param more values by option name; they replace earlier values
     * @return the lookup with these options
     */
    public NcbiGeneLookup options(Map<String, String> more) {
        NcbiGeneLookup changed = new NcbiGeneLookup(this);
        changed.options = Map.copyOf(Options.overlay(options, more));
        return changed;
    }

    /**
     * Sets a prefix for the names of the gene columns in the result. By default there is none.
     *
     * @param start the prefix
     * @return the lookup with that prefix
     */
    public NcbiGeneLookup prefix(String start) {
        NcbiGeneLookup changed = new NcbiGeneLookup(this);
        changed.prefix = Objects.requireNonNull(start);
        return changed;
    }

    /**
     * Runs the lookup, and keeps only rows with a gene.
     *
     * @return the data's rows that have a gene, with it; an identifier that NCBI does not know is a row with a warning,
     *     unless {@code mode} is DROPMALFORMED
     */
    public Dataset<Row> inner() {
        return join(true);
    }

    /**
     * Runs the lookup, and keeps all rows.
     *
     * @return all rows of the data, with their genes; the gene columns are null for a row without a gene
     */
    public Dataset<Row> left() {
        return join(false);
    }

    private Dataset<Row> join(boolean matchesOnly) {
        check();
        Dataset<Row> keyed = data.withColumn(KEY, data.col(key)).withColumn(KEY, comparable());
        if (taxa.isPresent()) {
            keyed = keyed.withColumn(TAXON, data.col(taxa.get())).withColumn(TAXON, functions.expr(taxonText()));
        }
        Dataset<Row> genes = genes(keys(keyed));
        Column equal = keyed.col(KEY).equalTo(genes.col(FOUND));
        if (taxa.isPresent()) {
            equal = equal.and(keyed.col(TAXON).equalTo(genes.col(TAXON_FOUND)));
        }
        Dataset<Row> joined = hasRowForEveryKey()
                ? keyed.join(genes, equal, "left_outer").filter(checked(matchesOnly))
                : keyed.join(genes, equal, matchesOnly ? "inner" : "left_outer");
        return joined.drop(KEY, FOUND, TAXON, TAXON_FOUND);
    }

    private void check() {
        Optional<KeyColumn> known = known();
        if (known.isEmpty()) {
            throw conflict("Genes cannot be looked up by '" + column
                    + "'. Look them up by accession, gene_id, locus_tag or symbol, or in the product report by"
                    + " transcript_accession or protein_accession.");
        }
        if (given(Option.ACCESSION_ROWS).isPresent()) {
            throw conflict("The option accession_rows is for lists. Drop it, and call on(\"transcript_accession\") or"
                    + " on(\"protein_accession\") for rows of transcripts or proteins.");
        }
        if (data.isStreaming()) {
            throw conflict("The keys of a stream are not all known. Look genes up in foreachBatch.");
        }
        LookupKey.check(key, type(), known.get());
        for (Option selecting : List.of(
                Option.ACCESSIONS,
                Option.ACCESSIONS_PATH,
                Option.GENE_IDS,
                Option.LOCUS_TAGS,
                Option.SYMBOLS,
                Option.TAXON)) {
            if (given(selecting).isPresent()) {
                if (selecting == Option.TAXON && isBy(KeyColumn.SYMBOL)) {
                    continue;
                }
                throw conflict("The column '" + key + "' says which genes are looked up. Drop the option "
                        + selecting.key() + ".");
            }
        }
        checkTaxon();
    }

    private void checkTaxon() {
        if (!isBy(KeyColumn.SYMBOL)) {
            if (taxa.isPresent()) {
                throw conflict("Only symbols are looked up by taxon, not " + column + ". Drop taxonColumn(\""
                        + taxa.get() + "\").");
            }
            return;
        }
        boolean named = setting(Option.TAXON).isPresent();
        if (named == taxa.isPresent()) {
            throw conflict(
                    named
                            ? "Both the option taxon and the column '" + taxa.get() + "' name the taxa of symbols. Give"
                                    + " one of them."
                            : "A symbol names a gene only within a taxon. Give option(\"taxon\", \"human\"), or"
                                    + " taxonColumn(\"tax_id\") with a column of the data.");
        }
    }

    /** The taxon as text, in SQL: a number that was a DOUBLE has a fraction of zeros. */
    private String taxonText() {
        DataType type = type(taxa.orElseThrow());
        return type instanceof NumericType
                ? "cast(" + LookupKey.wholeNumber(TAXON, type) + " AS STRING)"
                : LookupKey.text(TAXON, type);
    }

    /**
     * Returns the key as it is compared: text without white space around it, or a whole number; null if there is none.
     */
    private Column comparable() {
        return functions.expr(isById() ? LookupKey.wholeNumber(KEY, type()) : LookupKey.text(KEY, type()));
    }

    /** Returns the gene column by which genes are looked up; empty if genes cannot be looked up by it. */
    private Optional<KeyColumn> known() {
        return KeyColumn.find(column).filter(KeyColumn::isIdentifier);
    }

    private boolean isBy(KeyColumn one) {
        return known().filter(one::equals).isPresent();
    }

    private boolean isById() {
        return isBy(KeyColumn.GENE_ID);
    }

    /** Returns true if a key selects the rows of a transcript or protein, not all rows of a gene. */
    private boolean isByTranscript() {
        return known().filter(KeyColumn::isOfTranscript).isPresent();
    }

    private DataType type() {
        return type(key);
    }

    private DataType type(String name) {
        return data.select(data.col(name)).schema().fields()[0].dataType();
    }

    /** Returns the keys that can be requested, by taxon if each row has its own, otherwise under an empty name. */
    private Map<String, List<String>> keys(Dataset<Row> keyed) {
        if (isById() && type() instanceof FloatType) {
            LookupKey.checkFloats(key, keyed.select(functions.max(KEY)).first());
        }
        Map<String, List<String>> keys = new TreeMap<>();
        Dataset<Row> values = taxa.isPresent() ? keyed.select(KEY, TAXON) : keyed.select(KEY);
        for (Row row : values.distinct().collectAsList()) {
            Object value = row.get(0);
            boolean isKey = value instanceof Long id ? id > 0 && id <= Integer.MAX_VALUE : value != null;
            if (isKey && (taxa.isEmpty() || !row.isNullAt(1))) {
                keys.computeIfAbsent(taxa.isPresent() ? row.getString(1) : "", none -> new ArrayList<>())
                        .add(value.toString());
            }
        }
        return keys;
    }

    private Dataset<Row> genes(Map<String, List<String>> keys) {
        if (keys.isEmpty()) {
            return named(reader().load().filter(functions.lit(false)), "");
        }
        Option list = known().flatMap(KeyColumn::kind).orElseThrow().option();
        return keys.entrySet().stream()
                .map(ofTaxon -> {
                    DataFrameReader reader = reader().option(list.key(), ListSyntax.format(ofTaxon.getValue()));
                    if (taxa.isPresent()) {
                        reader.option(Option.TAXON.key(), ofTaxon.getKey());
                    }
                    return named(reader.load(), ofTaxon.getKey());
                })
                .reduce(Dataset::union)
                .orElseThrow();
    }

    private DataFrameReader reader() {
        DataFrameReader reader =
                data.sparkSession().read().format("ncbi-gene").options(options).option(Option.MODE.key(), mode());
        if (isByTranscript()) {
            reader.option(
                    Option.ACCESSION_ROWS.key(),
                    known().orElseThrow().accessionRows().toString());
            if (given(Option.REPORT).isEmpty()) {
                reader.option(Option.REPORT.key(), Report.PRODUCT.word());
            }
        }
        return reader;
    }

    /** Returns the gene columns under their names in the result, and the key that found each gene. */
    private Dataset<Row> named(Dataset<Row> read, String taxon) {
        List<String> columns = List.of(read.columns());
        // A table has no metadata columns.
        boolean table =
                given(Option.TABLE_FIELDS).or(() -> given(Option.TABLE_FORMAT)).isPresent();
        if (!columns.contains(column) && (table || exact || isByTranscript())) {
            throw conflict("What is read of genes has no column " + column
                    + ". Look them up by another one, or change report or table_fields.");
        }
        Column requested = functions.col(Provenance.REQUESTED);
        Column found = table ? read.col(column) : isById() ? requested.cast("bigint") : requested;
        List<Column> named = new ArrayList<>();
        named.add(found.as(FOUND));
        named.add(functions.lit(taxon).as(TAXON_FOUND));
        for (String name : columns) {
            String inResult = prefix + name;
            boolean isKey = name.equals(column) && inResult.equalsIgnoreCase(key);
            if (!isKey && Arrays.stream(data.columns()).anyMatch(inResult::equalsIgnoreCase)) {
                throw conflict("Both the data and the genes have a column " + inResult
                        + ". Rename the data's, or give the genes' a prefix(\"ncbi_\").");
            }
            if (!isKey) {
                named.add(read.col(name).as(inResult));
            }
        }
        Dataset<Row> matches = exact && !table ? read.filter(read.col(column).equalTo(found)) : read;
        return matches.select(named.toArray(Column[]::new));
    }

    /** Returns true if every requested accession is certain to have a row. */
    private boolean hasRowForEveryKey() {
        return (isBy(KeyColumn.ACCESSION) || (isByTranscript() && !exact))
                && !mode().equalsIgnoreCase(Mode.DROPMALFORMED.toString())
                && given(Option.PAGE_TOKEN).isEmpty();
    }

    private String mode() {
        return setting(Option.MODE).orElseGet(() -> Option.MODE.defaultValue().orElseThrow());
    }

    /** Returns the value of an option of the lookup or, if it has none, of the session. */
    private Optional<String> setting(Option option) {
        return given(option)
                .or(() -> Optional.ofNullable(
                        data.sparkSession().conf().get("spark.datasource.ncbi-gene." + option.key(), null)));
    }

    private Optional<String> given(Option option) {
        return options.entrySet().stream()
                .filter(entry -> Options.areSame(entry.getKey(), option.key()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * Checks for accessions that were not in the data when the keys were collected: their rows would silently lose
     * their genes.
     */
    private static Column checked(boolean matchesOnly) {
        Column key = functions.col(KEY);
        Column found = functions.col(FOUND).isNotNull();
        String text = "[" + ErrorCode.DATA_CHANGED.code() + "] The data of a look-up gave other rows when it was read"
                + " again; not among its keys before was '";
        Column error = functions.raise_error(functions.concat(
                functions.lit(text), key, functions.lit("'. Cache the data first, see " + DocPage.of("joins") + ".")));
        return functions
                .when(found.or(key.isNull()), matchesOnly ? found : functions.lit(true))
                .otherwise(error.cast("boolean"));
    }

    private static NcbiGeneException conflict(String message) {
        return NcbiGeneException.of(ErrorCode.CONFLICTING_OPTIONS, message);
    }
}
