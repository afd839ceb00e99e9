package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.files.AccessionFiles;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.plan.IdentifierList;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.plan.TableFields;
import io.github.sparkncbigene.predicate.PredicateReader;
import io.github.sparkncbigene.report.Provenance;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.report.View;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Collects the parts of a query that Spark's planner pushes down, and builds the scan. */
public final class NcbiGeneScanBuilder
        implements SupportsPushDownRequiredColumns, SupportsPushDownV2Filters, SupportsPushDownLimit {
    private final Options options;
    private final boolean pushDown;
    private final List<String> tableFields;
    private final StructType fullSchema;
    private StructType schema;
    private KeyDomains filters = KeyDomains.ALL;
    private Predicate[] pushed = new Predicate[0];
    private List<Predicate> unselective = List.of();
    private OptionalInt limit = OptionalInt.empty();

    public NcbiGeneScanBuilder(Options options) {
        this.options = options;
        this.tableFields = TableFields.of(options, options.report());
        this.pushDown = options.isTrue(Option.PUSH_DOWN);
        this.fullSchema = schema(options);
        this.schema = fullSchema;
    }

    /** Returns the columns of a read with these options; sends no request. */
    public static StructType schema(Options options) {
        Report report = options.report();
        List<String> tableFields = TableFields.of(options, report);
        Optional<View> view = options.view();
        if (tableFields.isEmpty()) {
            return view.map(View::schema).orElseGet(() -> ReportSchema.of(report));
        }
        if (view.isPresent()) {
            throw NcbiGeneException.of(
                    ErrorCode.CONFLICTING_OPTIONS,
                    "The view " + view.get().word() + " has columns of its own, and takes no table_fields or"
                            + " table_format. Drop them, or set report to "
                            + view.get().report().word() + ".");
        }
        return ReportSchema.tabular(report, tableFields);
    }

    /** Returns the metadata columns of a read with these options: a tabular report has none. */
    public static StructType metadata(Options options) {
        boolean tabular = !TableFields.of(options, options.report()).isEmpty();
        return tabular ? new StructType() : Provenance.columns();
    }

    @Override
    public void pruneColumns(StructType required) {
        // The rows of a tabular report depend on its columns, so all columns are read.
        if (tableFields.isEmpty()) {
            schema = pushDown ? required : withProvenance(required);
        }
    }

    /** Returns all columns and the required metadata columns: Spark has no other way to request metadata columns. */
    private StructType withProvenance(StructType required) {
        StructType all = fullSchema;
        for (StructField field : required.fields()) {
            if (metadata(options).getFieldIndex(field.name()).isDefined()) {
                all = all.add(field);
            }
        }
        return all;
    }

    /** Accepts the predicates that list the allowed values of a key column: the reader applies them exactly. */
    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        PredicateReader reader = new PredicateReader(fullSchema, filterable());
        List<Predicate> taken = new ArrayList<>();
        List<Predicate> notNull = new ArrayList<>();
        List<Predicate> left = new ArrayList<>();
        for (Predicate predicate : predicates) {
            Optional<KeyDomains> passing = reader.read(predicate);
            if (passing.isPresent()) {
                filters = filters.and(passing.get());
                taken.add(predicate);
            } else {
                (reader.notNull(predicate).isPresent() ? notNull : left).add(predicate);
            }
        }
        for (Predicate predicate : notNull) {
            String column = reader.notNull(predicate).orElseThrow();
            (filters.of(column).isPresent() ? taken : left).add(predicate);
        }
        pushed = taken.toArray(Predicate[]::new);
        unselective = left.stream().filter(reader::isOfColumns).toList();
        return left.toArray(Predicate[]::new);
    }

    @Override
    public Predicate[] pushedPredicates() {
        return pushed.clone();
    }

    /** Stops every partition early; Spark limits their combined rows. */
    @Override
    public boolean pushLimit(int rows) {
        limit = pushDown ? OptionalInt.of(rows) : OptionalInt.empty();
        return pushDown;
    }

    @Override
    public boolean isPartiallyPushed() {
        return true;
    }

    @Override
    public Scan build() {
        RequestFactory requests = RequestFactory.of(options);
        ReadSpec spec = options.view()
                .map(view -> new ReadSpec(requests, view.source(schema), filters, false, schema))
                .orElseGet(() -> new ReadSpec(requests, schema, filters, false));
        return new NcbiGeneScan(this::listed, spec, unselective, limit);
    }

    private Optional<Selector> listed() {
        IdentifierList fromFiles = new IdentifierList(IdentifierKind.ACCESSION);
        if (options.has(Option.ACCESSIONS_PATH)) {
            new AccessionFiles(SparkContext.getOrCreate().hadoopConfiguration())
                    .read(options.list(Option.ACCESSIONS_PATH), fromFiles::add);
        }
        return Selector.of(options, fromFiles);
    }

    /**
     * Returns the columns for filters. A table has only the accession: its other columns have other names and NCBI's
     * own notation.
     */
    private Set<String> filterable() {
        if (!pushDown) {
            return Set.of();
        }
        if (tableFields.isEmpty()) {
            return Set.copyOf(KeyColumn.columns(
                    key -> fullSchema.getFieldIndex(key.column()).isDefined()));
        }
        return tableFields.contains(ReportSchema.ACCESSION) ? Set.of(ReportSchema.ACCESSION) : Set.of();
    }
}
