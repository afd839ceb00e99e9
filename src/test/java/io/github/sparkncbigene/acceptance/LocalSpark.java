package io.github.sparkncbigene.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The local-mode harness: gives tests a Spark session, started once for all of them. */
final class LocalSpark implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LocalSpark.class);

    /** Stops the session when the last test has run. */
    private record Running(SparkSession session) implements AutoCloseable {
        @Override
        public void close() {
            session.stop();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SparkSession.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> new Running(start()), Running.class)
                .session();
    }

    private static SparkSession start() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("acceptance")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.warehouse.dir", warehouse().toString())
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                // The stand-in allows more than NCBI does; tests of the rate set their own.
                .config("spark.datasource.ncbi-gene.requests_per_second", "0")
                .getOrCreate();
    }

    /** A directory of this run: tables of a run that was killed are in nobody's way. */
    private static Path warehouse() {
        try {
            Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
            return Files.createTempDirectory(target, "warehouse");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A session of its own settings, views and catalogs. */
    static SparkSession session(SparkSession spark, Map<String, String> config) {
        SparkSession session = spark.newSession();
        config.forEach((key, value) -> session.conf().set(key, value));
        return session;
    }

    /** Major and minor version. */
    static double version(SparkSession spark) {
        return Double.parseDouble(spark.version().replaceFirst("^(\\d+\\.\\d+).*", "$1"));
    }

    /** All rows, the values of each joined by {@code |}. */
    static List<String> rows(Dataset<Row> data) {
        return data.collectAsList().stream().map(row -> row.mkString("|")).toList();
    }
}
