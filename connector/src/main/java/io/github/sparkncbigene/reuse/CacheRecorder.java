package io.github.sparkncbigene.reuse;

import io.github.sparkncbigene.cache.IdentifierCache;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.json.ReportSplitter;
import io.github.sparkncbigene.segment.CachedIdentifier;
import io.github.sparkncbigene.segment.CachedReport;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.Retrieval;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the reports and warnings of each identifier while a batch is read, and caches them when the batch is read to
 * its end. Only then are the reports cut out of the responses, which are held compressed until then.
 */
public final class CacheRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(CacheRecorder.class);
    /** A response that is larger is not cached. */
    private static final int LARGEST_PAGE = 1 << 28;

    /** An identifier that a report belongs to. */
    private record Hit(Identifier identifier, List<NcbiWarning> warnings) {}

    /** A response, and the identifiers of each of its reports. */
    private record Page(Response response, List<List<Hit>> reports) {}

    private final IdentifierCache cache;
    private final List<Page> pages = new ArrayList<>();
    private final Map<String, CachedIdentifier> missing = new HashMap<>();
    private List<List<Hit>> reports = new ArrayList<>();
    private boolean usable;

    /** @param cache null if nothing is cached by identifier */
    public CacheRecorder(IdentifierCache cache) {
        this.cache = cache;
        this.usable = cache != null && cache.isWritable();
    }

    public boolean isRecording() {
        return usable;
    }

    /** Starts a page, for the first time or again. */
    public void begin() {
        reports = new ArrayList<>();
    }

    /** Starts the next report of the page. */
    public void report() {
        if (usable) {
            reports.add(new ArrayList<>(1));
        }
    }

    /** Records that the report belongs to an identifier, with these warnings on its row. */
    public void hit(Identifier identifier, List<NcbiWarning> warnings) {
        if (usable) {
            reports.get(reports.size() - 1).add(new Hit(identifier, List.copyOf(warnings)));
        }
    }

    /** Caches nothing of the batch, because a report belongs to an unknown identifier. */
    public void giveUp() {
        usable = false;
        pages.clear();
    }

    /** Records that the page is read to its end and matches its request. */
    public void page(Response response) {
        if (usable) {
            pages.add(new Page(response, reports));
            begin();
        }
    }

    /** Records that NCBI has nothing for an identifier. */
    public void missing(Identifier identifier, List<NcbiWarning> said, Retrieval from) {
        if (usable) {
            String sent = identifier.requested();
            missing.put(sent, new CachedIdentifier(sent, time(from), from, List.of(), WarningsCodec.bytes(said)));
        }
    }

    private static long time(Retrieval from) {
        return IdentifierCache.micros(from.at() == null ? Instant.now() : from.at());
    }

    /** Caches the batch, which is read to its end. */
    public void finish() {
        if (!usable) {
            return;
        }
        try {
            IdentifierCache.Batch batch = cache.batch();
            addFound(batch);
            for (CachedIdentifier identifier : missing.values()) {
                batch.add(identifier);
            }
            batch.finish();
        } catch (IOException e) {
            LOG.warn("A response is not cached: {}", e.toString());
        }
        giveUp();
    }

    private void addFound(IdentifierCache.Batch batch) throws IOException {
        Map<Identifier, Integer> left = new HashMap<>();
        pages.forEach(page ->
                page.reports().forEach(hits -> hits.forEach(hit -> left.merge(hit.identifier(), 1, Integer::sum))));
        Map<Identifier, List<CachedIdentifier.Hit>> collected = new HashMap<>();
        Set<String> added = new HashSet<>();
        for (Page page : pages) {
            List<byte[]> elements = elements(page);
            for (int i = 0; i < elements.size(); i++) {
                CachedReport report =
                        new CachedReport(elements.get(i), page.response().retrieval());
                for (Hit hit : page.reports().get(i)) {
                    Identifier identifier = hit.identifier();
                    List<CachedIdentifier.Hit> hits = collected.computeIfAbsent(identifier, none -> new ArrayList<>(1));
                    hits.add(new CachedIdentifier.Hit(report, WarningsCodec.bytes(hit.warnings())));
                    boolean last = left.merge(identifier, -1, Integer::sum) == 0;
                    if (last) {
                        collected.remove(identifier);
                        // Two texts may be sent as one.
                        if (added.add(identifier.requested())) {
                            batch.add(cached(identifier.requested(), hits));
                        }
                    }
                }
            }
        }
    }

    private static CachedIdentifier cached(String sent, List<CachedIdentifier.Hit> hits) {
        Retrieval from = hits.get(0).report().from();
        long oldest =
                hits.stream().mapToLong(hit -> time(hit.report().from())).min().orElseThrow();
        return new CachedIdentifier(sent, oldest, from, hits, new byte[0]);
    }

    private static List<byte[]> elements(Page page) throws IOException {
        byte[] json;
        try (InputStream body = page.response().body()) {
            json = body.readNBytes(LARGEST_PAGE);
        }
        List<byte[]> elements = json.length == LARGEST_PAGE ? List.of() : ReportSplitter.split(json);
        if (elements.size() != page.reports().size()) {
            throw new IOException("it holds " + elements.size() + " reports in a form that can be cached, of "
                    + page.reports().size());
        }
        return elements;
    }
}
