package io.github.sparkncbigene.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.source.NcbiGeneCatalog;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Runs the script statement by statement. The doors run it with spark-sql itself, and compare with the same page. */
class SqlScriptTest {
    private static final Path SCRIPT = Path.of("sql", "variants.sql");

    private static final Pattern END = Pattern.compile(";\\s*\\n");

    @Test
    void theRecipeIsWhatTheScriptDoesAndPrints() throws IOException {
        StringBuilder printed = new StringBuilder();
        try (NcbiGeneService service = NcbiGeneService.builder().build().start();
                SparkSession spark = Jobs.spark("variants.sql")
                        .config("spark.sql.extensions", NcbiGeneExtensions.class.getName())
                        .config("spark.sql.catalog.ncbi", NcbiGeneCatalog.class.getName())
                        .config("spark.sql.catalog.ncbi.base_url", service.baseUrl())
                        .getOrCreate()) {
            spark.conf().set("data", "data");
            for (String statement : END.splitAsStream(Files.readString(SCRIPT)).toList()) {
                Dataset<Row> result = spark.sql(statement);
                for (Row row : result.collectAsList()) {
                    printed.append(row.mkString("\t").replace("null", "NULL")).append('\n');
                }
            }
            assertThat(service.requests()).hasSize(1);
            assertThat(service.requests().get(0).ids()).hasSize(14).doesNotHaveDuplicates();
        }
        Recipe.of("spark-sql").quotesAll(SCRIPT, "sql").printsExactly(printed.toString());
    }
}
