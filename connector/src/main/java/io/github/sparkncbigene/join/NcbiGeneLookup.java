package io.github.sparkncbigene.join;

import io.github.sparkncbigene.error.DocPage;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.ListSyntax;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FloatType;

/**
 * Puts NCBI's gene records beside the rows of a Dataset, by a column of it that holds accessions, GeneIDs or locus tags.
 * Only what that column holds is asked for, each once:
 *
 * <pre>{@code
 * Dataset<Row> enriched = NcbiGeneLookup.of(variants, "transcript").left();
 * }</pre>
 *
 * The column is read at once, and its distinct values are collected; the result is an ordinary Dataset, which asks the
 * service when it is read. So the data is read twice: cache it where that is dear, or may give other rows. See
 * docs/joins.md.
 */
public final class NcbiGeneLookup {
    private static final String ACCESSION = "accession";

    /** Which option lists the keys of a column of genes. */
    private static final Map<String, Option> LISTS =
            Map.of(ACCESSION, Option.ACCESSIONS, "gene_id", Option.GENE_IDS, "locus_tag", Option.LOCUS_TAGS);

    /** Names of columns that are there while the sides are joined. */
    private static final String KEY = "__ncbi_gene_key";

    private static final String FOUND = "__ncbi_gene_found";

    private final Dataset<Row> data;
    private final String key;
    private final String column;
    private final Map<String, String> options;
    private final String prefix;

    private NcbiGeneLookup(Dataset<Row> data, String key, String column, Map<String, String> options, String prefix) {
        this.data = data;
        this.key = key;
        this.column = column;
        this.options = options;
        this.prefix = prefix;
    }

    /**
     * A look-up by accession.
     *
     * @param data whose rows get genes
     * @param key the column of the data that holds accessions, or what {@link #on} says
     * @return the look-up, to be told more or to be run
     */
    public static NcbiGeneLookup of(Dataset<Row> data, String key) {
        return new NcbiGeneLookup(Objects.requireNonNull(data), Objects.requireNonNull(key), ACCESSION, Map.of(), "");
    }

    /**
     * What the data's column holds.
     *
     * @param geneColumn {@code accession}, {@code gene_id} or {@code locus_tag}: the column of genes that it equals
     * @return the look-up by that column
     */
    public NcbiGeneLookup on(String geneColumn) {
        return new NcbiGeneLookup(data, key, Objects.requireNonNull(geneColumn), options, prefix);
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
     * @param more values by the names of options; they replace what was set before
     * @return the look-up with these options
     */
    public NcbiGeneLookup options(Map<String, String> more) {
        return new NcbiGeneLookup(data, key, column, Map.copyOf(Options.overlay(options, more)), prefix);
    }

    /**
     * What the names of the genes' columns begin with in the result; nothing where this is not called.
     *
     * @param start of the names
     * @return the look-up with that prefix
     */
    public NcbiGeneLookup prefix(String start) {
        return new NcbiGeneLookup(data, key, column, options, Objects.requireNonNull(start));
    }

    /**
     * Looks the keys up.
     *
     * @return the data's rows that have a gene, with it; by accession, one that NCBI does not know is a row with a
     *     warning
     */
    public Dataset<Row> inner() {
        return join(true);
    }

    /**
     * Looks the keys up.
     *
     * @return all rows of the data, with their genes; the gene columns are null for a row without a gene
     */
    public Dataset<Row> left() {
        return join(false);
    }

    private Dataset<Row> join(boolean matchesOnly) {
        check();
        Dataset<Row> keyed = data.withColumn(KEY, data.col(key)).withColumn(KEY, comparable());
        Dataset<Row> genes = genes(keys(keyed));
        Column equal = keyed.col(KEY).equalTo(genes.col(FOUND));
        Dataset<Row> joined = isAnsweredAlways()
                ? keyed.join(genes, equal, "left_outer").filter(checked(matchesOnly))
                : keyed.join(genes, equal, matchesOnly ? "inner" : "left_outer");
        return joined.drop(KEY, FOUND);
    }

    private void check() {
        if (!LISTS.containsKey(column)) {
            throw refused(
                    "Genes cannot be looked up by '" + column + "'. Look them up by accession, gene_id or locus_tag.");
        }
        if (data.isStreaming()) {
            throw refused("The keys of a stream are not all known. Look genes up in foreachBatch.");
        }
        KeyColumn.check(key, type(), column);
        for (Option selecting : List.of(
                Option.ACCESSIONS,
                Option.ACCESSIONS_PATH,
                Option.GENE_IDS,
                Option.LOCUS_TAGS,
                Option.SYMBOLS,
                Option.TAXON)) {
            if (given(selecting).isPresent()) {
                throw refused("The column '" + key + "' says which genes are looked up. Drop the option "
                        + selecting.key() + ".");
            }
        }
    }

    /**
     * Returns the key as it is compared: text without white space around it, or a whole number; null if there is none.
     */
    private Column comparable() {
        return functions.expr(isById() ? KeyColumn.wholeNumber(KEY, type()) : KeyColumn.text(KEY, type()));
    }

    private boolean isById() {
        return column.equals("gene_id");
    }

    private DataType type() {
        return data.select(data.col(key)).schema().fields()[0].dataType();
    }

    /** What can be asked for of what the data holds. */
    private List<String> keys(Dataset<Row> keyed) {
        if (isById() && type() instanceof FloatType) {
            KeyColumn.checkFloats(key, keyed.select(functions.max(KEY)).first());
        }
        List<String> keys = new ArrayList<>();
        for (Row row : keyed.select(KEY).distinct().collectAsList()) {
            Object value = row.get(0);
            if (value instanceof Long id ? id > 0 && id <= Integer.MAX_VALUE : value != null) {
                keys.add(value.toString());
            }
        }
        return keys;
    }

    private Dataset<Row> genes(List<String> keys) {
        DataFrameReader reader =
                data.sparkSession().read().format("ncbi-gene").options(options).option(Option.MODE.key(), mode());
        Dataset<Row> read = keys.isEmpty()
                ? reader.load().filter(functions.lit(false))
                : reader.option(LISTS.get(column).key(), ListSyntax.format(keys))
                        .load();
        List<String> columns = List.of(read.columns());
        if (!columns.contains(column)) {
            throw refused("What is read of genes has no column " + column
                    + ". Look them up by another one, or change report or table_fields.");
        }
        List<Column> named = new ArrayList<>();
        named.add(read.col(column).as(FOUND));
        for (String name : columns) {
            String inResult = prefix + name;
            boolean isKey = name.equals(column) && inResult.equalsIgnoreCase(key);
            if (!isKey && Arrays.stream(data.columns()).anyMatch(inResult::equalsIgnoreCase)) {
                throw refused("Both the data and the genes have a column " + inResult
                        + ". Rename the data's, or give the genes' a prefix(\"ncbi_\").");
            }
            if (!isKey) {
                named.add(read.col(name).as(inResult));
            }
        }
        return read.select(named.toArray(Column[]::new));
    }

    /** Returns true if every requested accession is certain to have a row. */
    private boolean isAnsweredAlways() {
        return column.equals(ACCESSION)
                && !mode().equalsIgnoreCase("DROPMALFORMED")
                && given(Option.PAGE_TOKEN).isEmpty();
    }

    private String mode() {
        return given(Option.MODE).orElseGet(() -> data.sparkSession()
                .conf()
                .get(
                        "spark.datasource.ncbi-gene." + Option.MODE.key(),
                        Option.MODE.defaultValue().orElseThrow()));
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

    private static NcbiGeneException refused(String message) {
        return new NcbiGeneException(ErrorCode.CONFLICTING_OPTIONS, message);
    }
}
