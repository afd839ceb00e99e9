package io.github.sparkncbigene.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import scala.Console;

/** The result of a job's run. */
record JobRun(int exitCode, String printed, String complaint) {
    static JobRun of(CommandLine job, String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        StringWriter complaint = new StringWriter();
        job.setErr(new PrintWriter(complaint, true));
        int exitCode = Console.withOut(printed, () -> job.execute(arguments));
        return new JobRun(exitCode, printed.toString(StandardCharsets.UTF_8), complaint.toString());
    }

    /** Returns the cells of the printed table's rows. */
    List<List<String>> table() {
        return printed.lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
