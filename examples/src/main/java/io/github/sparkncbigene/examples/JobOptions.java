package io.github.sparkncbigene.examples;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What every job can be told: where to write, and which service to ask. Ends the service that it has started. */
final class JobOptions implements AutoCloseable {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "examples/target/out/${COMMAND-NAME}",
            description = "where to write the result; default: ${DEFAULT-VALUE}")
    private Path out;

    @Option(names = "--help", usageHelp = true, description = "show this")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @ArgGroup(heading = Service.HEADING)
    private final Service service = new Service();

    String out() {
        return out.toString();
    }

    /** What the data source needs to be told to ask the service. */
    Map<String, String> service() {
        return service.options();
    }

    @Override
    public void close() {
        service.close();
    }
}
