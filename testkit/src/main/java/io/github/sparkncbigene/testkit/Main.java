package io.github.sparkncbigene.testkit;

import io.github.sparkncbigene.testkit.check.CheckCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the service as a program. */
@Command(
        name = "ncbi-gene-testkit",
        sortOptions = false,
        subcommands = CheckCommand.class,
        description = "Serves a stand-in for NCBI's gene service on the loopback interface.")
public final class Main implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", description = "Port to listen on; 0 for any free one.")
    private int port = 8080;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            description = "Serve the recorded reports below this directory; may be repeated.")
    private List<Path> reports = new ArrayList<>();

    @Option(names = "--synthetic", paramLabel = "N", description = "Number of synthetic genes to serve.")
    private long synthetic = 0;

    @Option(names = "--compact", description = "Make the reports of made-up genes small.")
    private boolean compact = false;

    @Option(names = "--latency", paramLabel = "MS", description = "Delay each response by this many milliseconds.")
    private long latency = 0;

    @Option(
            names = "--rate-limit",
            paramLabel = "N|ncbi",
            description = "Requests allowed per second; ncbi: 5, or 10 with an API key.")
    private String rateLimit = "0";

    @Option(
            names = "--set",
            paramLabel = "SWITCH=VALUE",
            description = "Turn a switch, such as supersededVersion=MISSING; may be repeated.")
    private List<String> switches = new ArrayList<>();

    @Option(names = "--log", paramLabel = "FILE", description = "Append each request to this file as a line of JSON.")
    private Path log = null;

    @Option(names = "--no-well-known", description = "Do not serve the built-in well-known genes.")
    private boolean noWellKnown = false;

    @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // Unused here; picocli needs the field for the option.
    private boolean help = false;

    @Spec
    private CommandSpec spec;

    private Main() {}

    /** Runs until the process is killed. */
    public static void main(String[] args) {
        int code = commandLine().execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public Integer call() throws IOException {
        try (PrintWriter requests = log();
                NcbiGeneService service = service()) {
            service.log().onCompleted(request -> write(requests, request));
            service.start();
            PrintWriter out = spec.commandLine().getOut();
            out.println("Listening on " + service.baseUrl());
            out.flush();
            // The server's threads are daemons.
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private PrintWriter log() throws IOException {
        Writer writer = log == null
                ? Writer.nullWriter()
                : Files.newBufferedWriter(
                        log, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new PrintWriter(writer, false);
    }

    private NcbiGeneService service() {
        NcbiGeneService.Builder builder = NcbiGeneService.builder()
                .port(port)
                .wellKnownGenes(!noWellKnown)
                .compact(compact)
                .latency(Duration.ofMillis(latency));
        reports.forEach(builder::reports);
        if (rateLimit.equals("ncbi")) {
            builder.ncbiRateLimits();
        } else {
            builder.rateLimit(limit());
        }
        try {
            switches.forEach(text -> SwitchSetting.parse(text).applyTo(builder));
            return builder.synthetic(synthetic).build();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int limit() {
        if (!rateLimit.matches("[0-9]{1,6}")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--rate-limit': '" + rateLimit + "' is neither a number nor ncbi");
        }
        return Integer.parseInt(rateLimit);
    }

    private void write(PrintWriter file, RecordedRequest request) {
        if (log == null) {
            return;
        }
        // One call per line: the writer holds its lock during a call.
        file.write(Json.write(LogLine.of(request)) + System.lineSeparator());
        file.flush();
    }
}
