package io.github.sparkncbigene.examples;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of every job: the output directory, and the service. Stops the stand-in that it started. */
final class JobOptions implements AutoCloseable {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "examples/target/out/${COMMAND-NAME}",
            description = "where to write the result; default: ${DEFAULT-VALUE}")
    private Path out;

    @Option(names = "--help", usageHelp = true, description = "show this")
    @SuppressWarnings("UnusedVariable") // picocli acts on the field.
    private boolean help;

    @ArgGroup(heading = Service.HEADING)
    private final Service service = new Service();

    String out() {
        return out.toString();
    }

    /** Returns the data source's options for the service. */
    Map<String, String> service() {
        return service.options();
    }

    @Override
    public void close() {
        service.close();
    }
}
