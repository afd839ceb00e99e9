package io.github.sparkncbigene.benchmarks;

import io.github.sparkncbigene.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Serves pages of generated genes, all generated in advance: in the order of their accessions, 1000 to a page. Writes
 * the accessions to one file, and a line for each request (path and bytes sent) to another.
 *
 * <p>Arguments: number of genes, file of accessions, file of requests. The first part of a request's path identifies
 * the client; the second is the delay of the response in milliseconds.
 */
public final class ServePages {
    private static final int BATCH = 1000;

    private ServePages() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int genes = Integer.parseInt(args[0]);
        List<String> accessions = Pages.accessions(genes).stream().sorted().toList();
        Files.write(Path.of(args[1]), accessions);
        PrintStream requests = new PrintStream(Files.newOutputStream(Path.of(args[2])), true);
        try (PageServer server = new PageServer(Report.GENE, genes, true, (path, page) -> {
            requests.println(path + " " + page.length);
            TimeUnit.MILLISECONDS.sleep(Long.parseLong(path.split("/", -1)[2]));
        })) {
            IntStream.range(0, (genes + BATCH - 1) / BATCH)
                    .parallel()
                    .mapToObj(i -> accessions.subList(i * BATCH, Math.min(genes, (i + 1) * BATCH)))
                    .forEach(server::page);
            System.out.println("READY " + server.baseUrl());
            // Runs until its input ends. By then, no request may have been for a page that was not generated in
            // advance.
            int prepared = server.size();
            while (System.in.read() >= 0) {
                System.out.println("MADE " + (server.size() - prepared));
            }
        }
    }
}
