package io.github.sparkncbigene.source;

import io.github.sparkncbigene.cache.CacheMaintenance;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Tidies the directory that the option {@code cache_path} names: makes few files of many, and removes what is old. Reads
 * and writes of the cache may go on meanwhile. Reads keep the number of files small by themselves; call this to make the
 * cache smaller.
 */
public final class NcbiGeneCache {
    private final CacheMaintenance cache;

    private NcbiGeneCache(CacheMaintenance cache) {
        this.cache = cache;
    }

    /**
     * A cache.
     *
     * @param path as the option {@code cache_path} gives it
     * @return the cache, whose answers are sealed with the environment's {@code NCBI_GENE_CACHE_SECRET}, if there is one
     */
    public static NcbiGeneCache at(String path) {
        return of(Map.of(Option.CACHE_PATH.key(), path));
    }

    /**
     * A cache.
     *
     * @param options of a read; of these, {@code cache_path} and {@code cache_secret} count
     * @return the cache
     */
    public static NcbiGeneCache of(Map<String, String> options) {
        Options resolved = Options.resolve(options, name -> Optional.ofNullable(System.getenv(name)), "");
        return new NcbiGeneCache(CacheMaintenance.of(
                resolved, SparkSession.active().sparkContext().hadoopConfiguration()));
    }

    /**
     * Makes few files of many.
     *
     * @return what the cache holds afterwards, in words
     * @throws IOException if the file system fails
     */
    public String compact() throws IOException {
        return cache.compact().toString();
    }

    /**
     * Removes what NCBI answered longer ago, and makes few files of many.
     *
     * @param age of what is removed
     * @return what the cache holds afterwards, in words
     * @throws IOException if the file system fails
     */
    public String removeOlderThan(Duration age) throws IOException {
        return cache.removeOlderThan(age).toString();
    }

    /**
     * Run by {@code spark-submit --class io.github.sparkncbigene.source.NcbiGeneCache}.
     *
     * @param arguments the cache's path, and the age of what is removed, such as {@code 30d}; without an age nothing is
     *     removed
     * @throws IOException if the file system fails
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            throw new IllegalArgumentException(
                    "Give the path of the cache and, to remove what is older, an age such as 30d.");
        }
        Map<String, String> options = new HashMap<>();
        options.put(Option.CACHE_PATH.key(), arguments[0]);
        if (arguments.length == 2) {
            options.put(Option.CACHE_MAX_AGE.key(), arguments[1]);
        }
        Duration age = Options.resolve(options, name -> Optional.empty(), "").duration(Option.CACHE_MAX_AGE);
        SparkSession spark = SparkSession.builder().getOrCreate();
        NcbiGeneCache cache = at(arguments[0]);
        String contents = arguments.length == 2 ? cache.removeOlderThan(age) : cache.compact();
        System.out.println(arguments[0] + ": " + contents);
        spark.stop();
    }
}
