package io.github.sparkncbigene.examples;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The service that a job uses: by default a stand-in, which runs as long as the job. */
final class Service implements AutoCloseable {
    static final String HEADING = "The service to use; by default a stand-in on this machine that knows a few genes:%n";

    @Option(names = "--reports", paramLabel = "DIR", description = "a stand-in that knows these recorded pages too")
    private Path reports;

    @Option(names = "--base-url", paramLabel = "URL", description = "the service at this address")
    private String baseUrl;

    @Option(names = "--live", description = "NCBI")
    private boolean live;

    private NcbiGeneService standIn;

    /** Returns the data source's options for the service. */
    Map<String, String> options() {
        if (live) {
            return Map.of();
        }
        if (baseUrl == null) {
            standIn = standIn().start();
            baseUrl = standIn.baseUrl();
        }
        return Map.of("base_url", baseUrl);
    }

    private NcbiGeneService standIn() {
        NcbiGeneService.Builder service = NcbiGeneService.builder();
        if (reports != null) {
            service.reports(reports);
        }
        return service.build();
    }

    @Override
    public void close() {
        if (standIn != null) {
            standIn.close();
        }
    }
}
