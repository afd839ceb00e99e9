package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.decode.NestedLayout;
import io.github.sparkncbigene.decode.RowLayout;
import io.github.sparkncbigene.decode.TabularLayout;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.plan.IdentifierKind;
import io.github.sparkncbigene.plan.RequestFactory;
import java.io.Serializable;
import org.apache.spark.sql.types.StructType;

/**
 * What a task needs to know to read its batches.
 *
 * @param requests makes the requests
 * @param schema of the rows
 */
record ReadSpec(RequestFactory requests, StructType schema) implements Serializable {
    Options options() {
        return requests.options();
    }

    Mode mode() {
        return Mode.valueOf(options().text(Option.MODE));
    }

    boolean isTabular() {
        return !requests.tableFields().isEmpty();
    }

    /** How rows are made for batches of a kind of identifier; null for a whole taxon. */
    RowLayout layout(IdentifierKind kind) {
        return isTabular()
                ? new TabularLayout(requests.report(), requests.tableFields())
                : new NestedLayout(requests.report(), schema, kind);
    }
}
