package io.github.sparkncbigene.testkit;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link NcbiGeneService} for the tests of a class: started before the first test, reset (log, faults, behaviour)
 * before each, stopped after the last. Register it in a static field.
 */
public final class NcbiGeneServiceExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final NcbiGeneService service;

    private NcbiGeneServiceExtension(NcbiGeneService service) {
        this.service = service;
    }

    /** Returns an extension for the service that the builder describes. */
    public static NcbiGeneServiceExtension of(NcbiGeneService.Builder builder) {
        return new NcbiGeneServiceExtension(builder.build());
    }

    /** Returns the service. */
    public NcbiGeneService service() {
        return service;
    }

    /** Returns {@link NcbiGeneService#baseUrl()}. */
    public String baseUrl() {
        return service.baseUrl();
    }

    /** Returns {@link NcbiGeneService#requests()}. */
    public List<RecordedRequest> requests() {
        return service.requests();
    }

    /** Returns {@link NcbiGeneService#requests(Predicate)}. */
    public List<RecordedRequest> requests(Predicate<RecordedRequest> wanted) {
        return service.requests(wanted);
    }

    /** Returns {@link NcbiGeneService#log()}. */
    public RequestLog log() {
        return service.log();
    }

    /** Calls {@link NcbiGeneService#clearRequests()}. */
    public void clearRequests() {
        service.clearRequests();
    }

    /** Returns {@link NcbiGeneService#faults()}. */
    public Faults faults() {
        return service.faults();
    }

    /** Calls {@link NcbiGeneService#configure(Consumer)}. */
    public void configure(Consumer<Behaviour> changes) {
        service.configure(changes);
    }

    /** Returns {@link NcbiGeneService#catalogue()}. */
    public GeneCatalogue catalogue() {
        return service.catalogue();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        service.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        service.start();
        service.reset();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        service.stop();
    }
}
