package io.github.sparkncbigene.reuse;

import io.github.sparkncbigene.cache.IdentifierCache;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.json.ReportSplitter;
import io.github.sparkncbigene.segment.CachedAnswer;
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
 * Takes note, while a batch is read, of what each identifier's answer is, and caches it when the batch is read to its
 * end. The reports themselves are cut out of the responses only then: until then these are held compressed.
 */
public final class CacheRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(CacheRecorder.class);
    /** A response that is larger is not cached. */
    private static final int LARGEST_PAGE = 1 << 28;

    /** An identifier that a report answers. */
    private record Hit(Identifier identifier, List<NcbiWarning> warnings) {}

    /** A response, and of each of its reports what it answers. */
    private record Page(Response response, List<List<Hit>> reports) {}

    private final IdentifierCache cache;
    private final List<Page> pages = new ArrayList<>();
    private final Map<String, CachedAnswer> missing = new HashMap<>();
    private List<List<Hit>> reports = new ArrayList<>();
    private boolean usable;

    /** @param cache null where nothing is cached by identifier */
    public CacheRecorder(IdentifierCache cache) {
        this.cache = cache;
        this.usable = cache != null && cache.isWritable();
    }

    public boolean isRecording() {
        return usable;
    }

    /** A page is read from its start, be it again. */
    public void begin() {
        reports = new ArrayList<>();
    }

    /** The next report of the page. */
    public void report() {
        if (usable) {
            reports.add(new ArrayList<>(1));
        }
    }

    /** The report answers an identifier, with these warnings on its row. */
    public void hit(Identifier identifier, List<NcbiWarning> warnings) {
        if (usable) {
            reports.get(reports.size() - 1).add(new Hit(identifier, List.copyOf(warnings)));
        }
    }

    /** Nothing of the batch is cached: it holds a report of which nobody can say which identifier brings it. */
    public void giveUp() {
        usable = false;
        pages.clear();
    }

    /** The page is read to its end, and answers its request. */
    public void page(Response response) {
        if (usable) {
            pages.add(new Page(response, reports));
            begin();
        }
    }

    /** NCBI has nothing for an identifier. */
    public void missing(Identifier identifier, List<NcbiWarning> said, Retrieval from) {
        if (usable) {
            String sent = identifier.requested();
            missing.put(sent, new CachedAnswer(sent, time(from), from, List.of(), WarningsCodec.bytes(said)));
        }
    }

    private static long time(Retrieval from) {
        return IdentifierCache.micros(from.at() == null ? Instant.now() : from.at());
    }

    /** The batch is read to its end. */
    public void finish() {
        if (!usable) {
            return;
        }
        try {
            IdentifierCache.Batch batch = cache.batch();
            addFound(batch);
            for (CachedAnswer response : missing.values()) {
                batch.add(response);
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
        Map<Identifier, List<CachedAnswer.Hit>> collected = new HashMap<>();
        Set<String> added = new HashSet<>();
        for (Page page : pages) {
            List<byte[]> elements = elements(page);
            for (int i = 0; i < elements.size(); i++) {
                CachedReport report =
                        new CachedReport(elements.get(i), page.response().retrieval());
                for (Hit hit : page.reports().get(i)) {
                    Identifier identifier = hit.identifier();
                    List<CachedAnswer.Hit> hits = collected.computeIfAbsent(identifier, none -> new ArrayList<>(1));
                    hits.add(new CachedAnswer.Hit(report, WarningsCodec.bytes(hit.warnings())));
                    boolean last = left.merge(identifier, -1, Integer::sum) == 0;
                    if (last) {
                        collected.remove(identifier);
                        // Two texts may be sent as one.
                        if (added.add(identifier.requested())) {
                            batch.add(response(identifier.requested(), hits));
                        }
                    }
                }
            }
        }
    }

    private static CachedAnswer response(String sent, List<CachedAnswer.Hit> hits) {
        Retrieval from = hits.get(0).report().from();
        long oldest =
                hits.stream().mapToLong(hit -> time(hit.report().from())).min().orElseThrow();
        return new CachedAnswer(sent, oldest, from, hits, new byte[0]);
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
