package io.github.sparkncbigene.benchmarks;

import io.github.sparkncbigene.source.NcbiGeneDataSource;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Measures how long planning takes, and how many bytes of the plan go to the tasks, for unsorted lists of accessions of
 * different lengths.
 */
public final class PlanBenchmark {
    private PlanBenchmark() {}

    public static void main(String[] args) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            spark.sparkContext().setLogLevel("WARN");
            System.out.println(
                    "| accessions | given by | partitions | planned in ms | largest task's bytes | what all tasks share, bytes |");
            System.out.println("|---|---|---|---|---|---|");
            for (int ids : new int[] {10_000, 100_000, 1_000_000}) {
                List<String> shuffled = LongStream.range(0, ids)
                        .mapToObj(SyntheticGenes::accession)
                        .collect(Collectors.toCollection(ArrayList::new));
                Collections.shuffle(shuffled, new Random(1));
                String accessions = String.join("\n", shuffled);
                Path file = Files.createTempFile("accessions", ".txt");
                Files.writeString(file, accessions);
                plan(ids, "accessions_path", file.toString());
                plan(ids, "accessions", accessions);
                Files.delete(file);
            }
        }
    }

    /** Prints the best of three runs. */
    private static void plan(int ids, String option, String value) throws IOException {
        double best = Double.MAX_VALUE;
        InputPartition[] partitions = {};
        Batch batch = null;
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(Map.of(option, value));
            NcbiGeneDataSource source = new NcbiGeneDataSource();
            SupportsRead table =
                    (SupportsRead) source.getTable(source.inferSchema(options), null, options.asCaseSensitiveMap());
            batch = table.newScanBuilder(options).build().toBatch();
            partitions = batch.planInputPartitions();
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        int largest = 0;
        for (InputPartition partition : partitions) {
            largest = Math.max(largest, size(partition));
        }
        System.out.printf(
                Locale.ROOT,
                "| %,d | `%s` | %d | %.0f | %,d | %,d |%n",
                ids,
                option,
                partitions.length,
                best,
                largest,
                size(batch.createReaderFactory()));
    }

    private static int size(Object sent) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        return bytes.size();
    }
}
