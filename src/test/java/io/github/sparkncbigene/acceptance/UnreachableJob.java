package io.github.sparkncbigene.acceptance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/** A driver that reads from addresses where nobody answers, with all defaults, and says how long each took to fail. */
final class UnreachableJob {
    private static final Pattern MESSAGE = Pattern.compile("\\[NCBI_GENE_\\w+\\].*");

    private UnreachableJob() {}

    /**
     * Runs it.
     *
     * @param arguments the master, a trust store, the base URL of a service that answers, and names with addresses
     */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("javax.net.ssl.trustStore", arguments[1]);
        System.setProperty("javax.net.ssl.trustStorePassword", TlsStandIn.PASSWORD);
        SparkSession spark = AnotherDriver.session(
                arguments[0],
                "spark.executor.extraJavaOptions=-Djavax.net.ssl.trustStore=" + arguments[1]
                        + " -Djavax.net.ssl.trustStorePassword=" + TlsStandIn.PASSWORD);
        // What takes time because it is done for the first time is not to be measured.
        read(spark, arguments[2]);
        // Not all at once: the time of one address is measured, not how many tasks the machine can run.
        ExecutorService threads = Executors.newFixedThreadPool(5);
        Map<String, Future<String>> outcomes = new LinkedHashMap<>();
        for (int i = 3; i < arguments.length; i += 2) {
            String address = arguments[i + 1];
            outcomes.put(arguments[i], threads.submit(() -> outcome(spark, address)));
        }
        for (Map.Entry<String, Future<String>> outcome : outcomes.entrySet()) {
            System.out.println(
                    "=> " + outcome.getKey() + " => " + outcome.getValue().get());
        }
        threads.shutdown();
        spark.stop();
    }

    private static String outcome(SparkSession spark, String address) {
        long start = System.nanoTime();
        String message = "rows";
        try {
            read(spark, address);
        } catch (Exception e) {
            Matcher matcher = MESSAGE.matcher(String.valueOf(e));
            message = matcher.find() ? matcher.group() : String.valueOf(e);
        }
        return (System.nanoTime() - start) / 1_000_000 + " ms => " + message;
    }

    /** Four partitions. */
    private static void read(SparkSession spark, String address) {
        String[] addresses = address.split(" through ", -1);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("base_url", addresses[0]);
        if (addresses.length > 1) {
            options.put("proxy_address", addresses[1]);
        }
        options.put("accessions", "NM_021803.4,NM_000546.6,NM_007294.4,NM_004985.5");
        options.put("batch_size", "1");
        options.put("max_partitions", "4");
        spark.read().format("ncbi-gene").options(options).load().collectAsList();
    }
}
