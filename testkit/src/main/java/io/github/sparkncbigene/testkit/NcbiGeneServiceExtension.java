package io.github.sparkncbigene.testkit;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link NcbiGeneService} for the tests of a class: started before the first, reset (log, faults, behaviour) before
 * each, stopped after the last. To be registered in a static field.
 */
public final class NcbiGeneServiceExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final NcbiGeneService service;

    private NcbiGeneServiceExtension(NcbiGeneService service) {
        this.service = service;
    }

    /** An extension for such a service. */
    public static NcbiGeneServiceExtension of(NcbiGeneService.Builder builder) {
        return new NcbiGeneServiceExtension(builder.build());
    }

    /** The service. */
    public NcbiGeneService service() {
        return service;
    }

    /** As {@link NcbiGeneService#baseUrl()}. */
    public String baseUrl() {
        return service.baseUrl();
    }

    /** As {@link NcbiGeneService#requests()}. */
    public List<RecordedRequest> requests() {
        return service.requests();
    }

    /** As {@link NcbiGeneService#requests(Predicate)}. */
    public List<RecordedRequest> requests(Predicate<RecordedRequest> wanted) {
        return service.requests(wanted);
    }

    /** As {@link NcbiGeneService#log()}. */
    public RequestLog log() {
        return service.log();
    }

    /** As {@link NcbiGeneService#clearRequests()}. */
    public void clearRequests() {
        service.clearRequests();
    }

    /** As {@link NcbiGeneService#faults()}. */
    public Faults faults() {
        return service.faults();
    }

    /** As {@link NcbiGeneService#configure(Consumer)}. */
    public void configure(Consumer<Behaviour> changes) {
        service.configure(changes);
    }

    /** As {@link NcbiGeneService#catalogue()}. */
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
