package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the samples of docs/cache.md and docs/streaming.md: the code here is theirs, word for word. */
@ExtendWith(LocalSpark.class)
class DocumentedSamplesTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(3000).compact(true));

    private static final Path ROOT = Path.of(System.getProperty("ncbi.gene.root"));

    @TempDir
    Path temporary;

    private String accessions;
    private String out;

    @BeforeEach
    void setUp(SparkSession spark) throws IOException {
        spark.conf().set("spark.datasource.ncbi-gene.base_url", SERVICE.baseUrl());
        accessions = Files.write(
                        temporary.resolve("accessions.txt"),
                        IntStream.range(0, 2500)
                                .mapToObj(SyntheticGenes::accession)
                                .toList())
                .toString();
        out = temporary.resolve("genes").toString();
    }

    @AfterEach
    void tearDown(SparkSession spark) {
        spark.conf().unset("spark.datasource.ncbi-gene.base_url");
    }

    @Test
    void cache(SparkSession spark) throws IOException {
        String cache = temporary.resolve("cache").toString();
        // sample: docs/cache.md
        Dataset<Row> genes = spark.read()
                .format("ncbi-gene")
                .option("accessions_path", accessions)
                .option("cache_path", cache)
                .load();
        genes.write().parquet(out);
        // end
        assertThat(genes.collectAsList()).hasSize(2500);
        assertThat(spark.read().parquet(out).count()).isEqualTo(2500);
        assertThat(SERVICE.requests()).hasSize(3);
        assertDocumented("docs/cache.md");
    }

    @Test
    void streaming(SparkSession spark) throws Exception {
        String checkpoint = temporary.resolve("checkpoint").toString();
        // sample: docs/streaming.md
        Dataset<Row> genes = spark.readStream()
                .format("ncbi-gene")
                .option("max_ids_per_trigger", 1000)
                .load(accessions);
        StreamingQuery query = genes.select("accession", "symbol", "gene_id")
                .writeStream()
                .format("parquet")
                .option("path", out)
                .option("checkpointLocation", checkpoint)
                .trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination();
        // end
        assertThat(spark.read().parquet(out).count()).isEqualTo(2500);
        assertThat(SERVICE.requests()).hasSize(3);
        assertThat(SERVICE.requests()).noneMatch(request -> request.body().contains("returned_content"));
        assertDocumented("docs/streaming.md");
    }

    /** The page holds the sample that was run, and in Python the same. */
    private static void assertDocumented(String page) throws IOException {
        String source = Files.readString(ROOT.resolve("src/test/java")
                .resolve(DocumentedSamplesTest.class.getName().replace('.', '/') + ".java"));
        String sample = only(source, "// sample: " + Pattern.quote(page) + "\n(.*?)// end");
        String text = Files.readString(ROOT.resolve(page));
        String java = only(text, "```java\n(.*?)```");
        String python = only(text, "```python\n(.*?)```");

        assertThat(squeezed(java)).isEqualTo(squeezed(sample));
        assertThat(squeezed(python.replace("availableNow=True", "Trigger.AvailableNow()")
                        .replaceAll("(?m)= \\($", "=")
                        .replaceAll("(?m)^\\)$", "")))
                .isEqualTo(squeezed(java.replaceAll("Dataset<Row> |StreamingQuery |;", "")
                        .replaceAll("\\b(read|readStream|write|writeStream)\\(\\)", "$1")));
    }

    private static String only(String text, String pattern) {
        List<String> found = Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(found).as(pattern).hasSize(1);
        return found.get(0);
    }

    private static String squeezed(String code) {
        return code.lines().map(line -> line.replaceAll("\\s", "")).collect(Collectors.joining());
    }
}
