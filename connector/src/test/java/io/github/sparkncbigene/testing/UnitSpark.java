package io.github.sparkncbigene.testing;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Spark of the version that the connector is compiled against, with its session extension, for unit tests. */
public final class UnitSpark {
    private UnitSpark() {}

    /** The running session, or a new one. The JVM of the tests stops it. */
    public static SparkSession session() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("unit")
                .withExtensions(new NcbiGeneExtensions())
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.datasource.ncbi-gene.requests_per_second", "0")
                .getOrCreate();
    }

    /** All rows in order, the values of each joined by {@code |}. */
    public static List<String> rows(Dataset<Row> data) {
        return data.collectAsList().stream()
                .map(row -> row.mkString("|"))
                .sorted()
                .toList();
    }
}
