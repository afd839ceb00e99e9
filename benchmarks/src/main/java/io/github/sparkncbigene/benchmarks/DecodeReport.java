package io.github.sparkncbigene.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link DecodeBenchmark} and prints a table: bytes per second, compared with Jackson, and garbage per row. */
public final class DecodeReport {
    private static final String TOKENISES = "jacksonTokenises";
    private static final String SKIPS = "jacksonSkips";

    private DecodeReport() {}

    public static void main(String[] args) throws RunnerException {
        String which = args.length > 0 ? args[0] : DecodeBenchmark.class.getName() + "\\..*";
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(which)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Map<String, RunResult> byName = new TreeMap<>();
        results.forEach(result -> byName.put(result.getPrimaryResult().getLabel(), result));
        System.out.println("| what | MB/s | ± | of tokenising | of skipping | bytes of garbage per row |");
        System.out.println("|---|---|---|---|---|---|");
        byName.forEach((name, result) -> {
            String floor = name.endsWith("Products") ? TOKENISES + "Products" : TOKENISES;
            Result<?> bytes = result.getSecondaryResults().get("bytes");
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %s | %s | %s |%n",
                    name,
                    bytes.getScore() / 1e6,
                    bytes.getScoreError() / 1e6,
                    ratio(bytes.getScore(), byName.get(floor)),
                    ratio(bytes.getScore(), byName.get(SKIPS)),
                    garbage(result));
        });
    }

    private static String ratio(double bytes, RunResult floor) {
        return floor == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.2f",
                        bytes / floor.getSecondaryResults().get("bytes").getScore());
    }

    /** Returns the allocated bytes of an operation, divided by its rows. */
    private static String garbage(RunResult result) {
        double rows = result.getSecondaryResults().get("rows").getScore()
                / result.getPrimaryResult().getScore();
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        if (allocated == null) {
            allocated = result.getSecondaryResults().get("·gc.alloc.rate.norm");
        }
        return allocated == null || rows == 0 ? "" : String.format(Locale.ROOT, "%.0f", allocated.getScore() / rows);
    }
}
