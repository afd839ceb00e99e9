package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    @Test
    void helpNamesAllOptions() {
        assertThat(run("--help").out)
                .contains(
                        "--port",
                        "--reports",
                        "--synthetic",
                        "--compact",
                        "--latency",
                        "--rate-limit",
                        "--log",
                        "--no-well-known");
    }

    @Test
    void mistakesAreNamed(@TempDir Path directory) throws IOException {
        assertThat(run("--prot", "1").code).isEqualTo(2);
        assertThat(run("--rate-limit", "many").err).contains("--rate-limit", "many");
        assertThat(run("--synthetic", "-1").err).contains("-1");
        Files.writeString(directory.resolve("broken.json"), "{\"reports\": [");
        assertThat(run("--reports", directory.toString()).err).contains("broken.json");
    }

    @Test
    @Timeout(30)
    void servesAsTold(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("requests.jsonl");
        Files.writeString(
                directory.resolve("page.json"),
                "{\"reports\":[{\"gene\":{\"gene_id\":\"42\",\"symbol\":\"X\",\"tax_id\":\"9606\"},\"query\":[\"NM_42.1\"]}]}");
        StringWriter out = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out, true));
        Thread thread = new Thread(() -> command.execute(
                "--port",
                "0",
                "--synthetic",
                "10",
                "--compact",
                "--latency",
                "20",
                "--rate-limit",
                "ncbi",
                "--no-well-known",
                "--reports",
                directory.toString(),
                "--log",
                log.toString()));
        thread.start();
        while (!out.toString().contains("\n")) {
            Thread.onSpinWait();
        }
        assertThat(out.toString()).matches("Listening on http://127\\.0\\.0\\.1:[0-9]+/datasets/v2\\R");
        Client client = new Client(() -> out.toString().strip().replace("Listening on ", ""));
        Client.Reply reply = client.get("/gene/accession/NM_42," + SyntheticGenes.accession(9) + "?page_size=5");
        assertThat(reply.geneIds()).containsExactlyInAnyOrder(42L, SyntheticGenes.geneId(9));
        assertThat(reply.header("X-RateLimit-Limit")).contains("5");
        assertThat(client.get("/gene/id/7157").text()).isEqualTo("{}");
        thread.interrupt();
        thread.join();
        assertThat(Files.readAllLines(log))
                .hasSize(2)
                .allMatch(line -> Client.parse(line).path("status").asInt() == 200);
    }

    private record Result(int code, String out, String err) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
