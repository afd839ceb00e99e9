package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.plan.RequestRules;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.plan.TableFields;
import io.github.sparkncbigene.plan.WireChoice;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** Collects what Spark's planner says of a query, and makes the scan of it. */
public final class NcbiGeneScanBuilder implements SupportsPushDownRequiredColumns {
    private final Options options;
    private final Report report;
    private final List<String> tableFields;
    private StructType schema;

    public NcbiGeneScanBuilder(Options options) {
        this.options = options;
        this.report = Report.named(options.text(Option.REPORT));
        this.tableFields = TableFields.of(options, report);
        this.schema = schema(options);
    }

    /** The columns of a read with these options; asks nobody. */
    public static StructType schema(Options options) {
        Report report = Report.named(options.text(Option.REPORT));
        List<String> tableFields = TableFields.of(options, report);
        return tableFields.isEmpty() ? ReportSchema.of(report) : ReportSchema.tabular(report, tableFields);
    }

    @Override
    public void pruneColumns(StructType required) {
        // The rows of a tabular report depend on its columns, so all of them are read.
        if (tableFields.isEmpty()) {
            schema = required;
        }
    }

    @Override
    public Scan build() {
        RequestFactory requests = new RequestFactory(report, options, WireChoice.of(options, tableFields), tableFields);
        return new NcbiGeneScan(this::selector, new ReadSpec(requests, schema));
    }

    private Selector selector() {
        List<String> fromFiles = options.has(Option.ACCESSIONS_PATH)
                ? new AccessionFiles(SparkContext.getOrCreate().hadoopConfiguration())
                        .read(options.list(Option.ACCESSIONS_PATH))
                : List.of();
        Selector selector = Selector.of(options, fromFiles).orElseThrow(Selector::missing);
        RequestRules.check(options, report, selector);
        return selector;
    }
}
