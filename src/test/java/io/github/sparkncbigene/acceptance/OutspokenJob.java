package io.github.sparkncbigene.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A driver that is given keys while it runs, as people do in notebooks: each of them in another way, and all of one start. */
final class OutspokenJob {
    private OutspokenJob() {}

    /**
     * Runs it.
     *
     * @param arguments base URL, a directory, and what all keys start with, from its end to its start
     */
    public static void main(String[] arguments) throws Exception {
        Path dir = Path.of(arguments[1]);
        String key = new StringBuilder(arguments[2]).reverse().toString();
        System.setProperty("spark.datasource.ncbi-gene.api_token", key + "-started");
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.port", "0")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.eventLog.enabled", "true")
                .config("spark.eventLog.compress", "false")
                .config(
                        "spark.eventLog.dir",
                        Files.createDirectories(dir.resolve("events")).toUri().toString())
                .config("spark.sql.catalog.ncbi", "io.github.sparkncbigene.source.NcbiGeneCatalog")
                .config("spark.sql.catalog.ncbi.base_url", arguments[0])
                .config("spark.sql.catalog.ncbi.accessions", "NM_021803.4")
                .config("spark.sql.catalog.genes", "io.github.sparkncbigene.source.NcbiGeneCatalog")
                .config("spark.sql.catalog.genes.base_url", arguments[0])
                .config("spark.sql.catalog.genes.accessions", "NM_021803.4")
                .getOrCreate();
        read(spark, arguments[0]);
        System.out.println("From here on it is outspoken");

        spark.conf().set("spark.datasource.ncbi-gene.api-token", key + "-conf-set");
        read(spark.newSession(), arguments[0]);
        spark.conf().unset("spark.datasource.ncbi-gene.api_token");
        read(spark, arguments[0]);
        spark.conf().unset("spark.datasource.ncbi-gene.api-token");

        SparkSession.builder()
                .config("spark.datasource.ncbi-gene.apiToken", key + "-builder")
                .getOrCreate();
        read(spark, arguments[0]);
        spark.conf().unset("spark.datasource.ncbi-gene.apiToken");

        spark.sql("SET `spark.datasource.ncbi-gene.API_TOKEN`=`" + key + "-by-set`");
        read(spark, arguments[0]);
        spark.conf().unset("spark.datasource.ncbi-gene.API_TOKEN");

        spark.conf().set("spark.sql.catalog.genes.api_token", key + "-catalog");
        spark.sql("SELECT symbol FROM genes.gene").collectAsList();
        spark.conf().unset("spark.sql.catalog.genes.api_token");

        spark.conf().set("spark.datasource.ncbi-gene.proxy_username", key + "-proxy-user");
        spark.conf().set("spark.datasource.ncbi-gene.proxy_password", key + "-proxy-word");
        read(spark, arguments[0]);
        spark.conf().unset("spark.datasource.ncbi-gene.proxy_username");
        spark.conf().unset("spark.datasource.ncbi-gene.proxy_password");

        spark.sparkContext().listenerBus().waitUntilEmpty();
        keepWhatTheUiShows(spark, Files.createDirectories(dir.resolve("ui")));
        spark.stop();
    }

    private static void read(SparkSession spark, String baseUrl) {
        spark.read()
                .format("ncbi-gene")
                .option("base_url", baseUrl)
                .option("accessions", "NM_021803.4")
                .load()
                .collectAsList();
    }

    private static void keepWhatTheUiShows(SparkSession spark, Path pages) throws Exception {
        String ui = spark.sparkContext().uiWebUrl().get();
        String api = "/api/v1/applications/" + spark.sparkContext().applicationId();
        int number = 0;
        for (String page : List.of(
                api + "/environment",
                api + "/sql?details=true&planDescription=true&length=1000",
                api + "/jobs",
                api + "/stages?details=true",
                "/environment/",
                "/SQL/",
                "/SQL/execution/?id=0",
                "/SQL/execution/?id=1",
                "/SQL/execution/?id=2",
                "/jobs/",
                "/stages/")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(ui + page)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("Status " + answer.statusCode() + " from " + page);
            }
            Files.writeString(pages.resolve(number++ + ".txt"), page + "\n" + answer.body());
        }
    }
}
