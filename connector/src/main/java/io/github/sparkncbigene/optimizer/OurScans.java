package io.github.sparkncbigene.optimizer;

import io.github.sparkncbigene.scan.PrunableScan;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;

/** Finds the connector's scans in a plan, including its subqueries. */
final class OurScans {
    private OurScans() {}

    static List<PrunableScan> in(LogicalPlan plan) {
        List<PrunableScan> found = new ArrayList<>();
        collect(plan, found);
        return found;
    }

    private static void collect(LogicalPlan plan, List<PrunableScan> found) {
        if (plan instanceof DataSourceV2ScanRelation relation && relation.scan() instanceof PrunableScan scan) {
            found.add(scan);
        }
        Children.of(plan).forEach(child -> collect(child, found));
        Subqueries.map(plan, subquery -> {
            collect(subquery, found);
            return subquery;
        });
    }
}
