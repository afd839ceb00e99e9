package io.github.sparkncbigene.acceptance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/** A driver whose environment names proxies, and which reads with and without them. */
final class ProxyDriver {
    private static final Pattern CODE = Pattern.compile("\\[(NCBI_GENE_\\w+)\\]");
    private static final String HTTPS = "https://" + TlsStandIn.HOST;

    private static final String HTTP = "http://" + TlsStandIn.HOST + "/datasets/v2";

    private ProxyDriver() {}

    /**
     * Runs it.
     *
     * @param arguments a trust store, the address of a proxy to be given, and the stand-in's base URL
     */
    public static void main(String[] arguments) {
        System.setProperty("javax.net.ssl.trustStore", arguments[0]);
        System.setProperty("javax.net.ssl.trustStorePassword", TlsStandIn.PASSWORD);
        String proxy = arguments[1];
        SparkSession spark = AnotherDriver.session();
        say("https by the environment", () -> read(spark, HTTPS, Map.of()));
        say("http by the environment", () -> read(spark, HTTP, Map.of()));
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", "1");
        say("before Java's own settings", () -> read(spark, HTTPS, Map.of()));
        System.clearProperty("https.proxyHost");
        say("by an option", () -> read(spark, HTTPS, Map.of("proxy_address", proxy)));
        say("by a setting", () -> {
            spark.conf().set("spark.datasource.ncbi-gene.proxy_address", "http://" + proxy + "/");
            try {
                return read(spark, HTTP, Map.of());
            } finally {
                spark.conf().unset("spark.datasource.ncbi-gene.proxy_address");
            }
        });
        say("by the catalog", () -> {
            spark.conf().set("spark.sql.catalog.ncbi", "io.github.sparkncbigene.source.NcbiGeneCatalog");
            spark.conf().set("spark.sql.catalog.ncbi.base_url", HTTPS);
            spark.conf().set("spark.sql.catalog.ncbi.proxy_address", proxy);
            return spark.sql("SELECT symbol FROM ncbi.gene WHERE accession = 'NM_021803.4'")
                    .first()
                    .getString(0);
        });
        say("this machine", () -> read(spark, arguments[2], Map.of()));
        say("none", () -> read(spark, HTTPS.replace("genes.", "none."), Map.of("proxy_address", "none")));
        say("in NO_PROXY", () -> read(spark, "https://genes.direct.example.org", Map.of()));
        spark.stop();
    }

    private static String read(SparkSession spark, String baseUrl, Map<String, String> more) {
        Map<String, String> options = new LinkedHashMap<>(more);
        options.put("base_url", baseUrl);
        options.put("accessions", "NM_021803.4");
        options.put("allow_http", "true");
        options.put("max_retries", "0");
        return spark.read()
                .format("ncbi-gene")
                .options(options)
                .load()
                .select("symbol")
                .first()
                .getString(0);
    }

    private static void say(String what, Supplier<String> read) {
        String outcome;
        try {
            outcome = read.get();
        } catch (Exception e) {
            Matcher code = CODE.matcher(String.valueOf(e));
            outcome = code.find() ? code.group(1) : e.toString();
        }
        System.out.println("=> " + what + ": " + outcome);
    }
}
