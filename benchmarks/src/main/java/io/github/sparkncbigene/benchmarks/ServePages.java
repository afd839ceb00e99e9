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
 * Serves pages of the first so many made-up genes, which are all made before: in the order of their accessions, 1000
 * each. Writes the accessions to a file, and a line for each request to another: the path, and the bytes sent.
 *
 * <p>Arguments: how many genes, the file of accessions, the file of requests. The second part of a request's path is
 * how many milliseconds its answer takes; the first is the client's.
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
            // Until the process is ended, by when nothing may have been asked for that was not there.
            int prepared = server.size();
            while (System.in.read() >= 0) {
                System.out.println("MADE " + (server.size() - prepared));
            }
        }
    }
}
