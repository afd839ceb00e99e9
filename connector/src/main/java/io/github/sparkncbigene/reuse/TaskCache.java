package io.github.sparkncbigene.reuse;

import io.github.sparkncbigene.cache.CacheScope;
import io.github.sparkncbigene.cache.CacheSettings;
import io.github.sparkncbigene.cache.CachedBlock;
import io.github.sparkncbigene.cache.Found;
import io.github.sparkncbigene.cache.IdentifierCache;
import io.github.sparkncbigene.cache.ResponseCache;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.identifier.IdentifiersBuilder;
import io.github.sparkncbigene.options.CacheMode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.segment.CachedAnswer;
import io.github.sparkncbigene.service.ServiceConfig;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The cache as one task sees it: what it reads from there, and where it writes to. */
public final class TaskCache {
    private final CacheSettings settings;
    private final RequestFactory requests;
    private final CacheMode mode;
    private final ResponseCache responses;
    private final int batchSize;
    private final Map<CacheScope, IdentifierCache> byScope = new HashMap<>();
    private final Deque<CachedBlock> blocks = new ArrayDeque<>();
    private final Set<String> files;
    /** Files that were merged into others while the task ran; whatever is planned there is looked for once more. */
    private final Set<String> lost = new HashSet<>();

    /**
     * @param settings null where nothing is cached
     * @param part what the driver has found
     */
    public TaskCache(ReadSpec spec, CacheSettings settings, ServiceConfig service, CachedPart part) {
        this.settings = settings;
        this.requests = spec.requests();
        this.mode = spec.options().cacheMode();
        this.batchSize = spec.options().integer(Option.BATCH_SIZE);
        this.responses = settings == null ? null : settings.responses(service);
        this.blocks.addAll(part.blocks());
        this.files = part.files();
    }

    private TaskCache(ReadSpec spec) {
        this(spec, null, null, CachedPart.NONE);
    }

    /** No cache at all. */
    public static TaskCache none(ReadSpec spec) {
        return new TaskCache(spec);
    }

    /** Tells whether nothing is fetched. */
    public boolean isOffline() {
        return mode == CacheMode.OFFLINE;
    }

    /** Tells whether what is cached does not count. */
    public boolean isRefreshed() {
        return mode == CacheMode.REFRESH;
    }

    /** Returns the kind of the identifiers that the driver found in the cache; empty if it found none. */
    public Optional<IdentifierKind> kind() {
        return blocks.stream().findFirst().flatMap(block -> block.identifiers().kind());
    }

    /** The number of identifiers planned to come from the cache. */
    public long planned() {
        return blocks.stream().mapToLong(block -> block.identifiers().size()).sum();
    }

    /** The cache for a batch; null where its answers are not cached by identifier. */
    public IdentifierCache of(IdentifierBatch batch) {
        if (settings == null) {
            return null;
        }
        return CacheScope.of(requests, batch)
                .map(scope -> byScope.computeIfAbsent(scope, settings::identifiers))
                .orElse(null);
    }

    /** The cache of responses for a batch; null where its answers are cached by identifier, or not at all. */
    public ResponseCache responses(IdentifierBatch batch) {
        return of(batch) == null ? responses : null;
    }

    /**
     * Looks once more for what the driver has not found: another task or application may have fetched it since, or the
     * same query is run again by its old plan.
     *
     * @return what is still missing of a batch
     */
    public List<IdentifierBatch> missing(List<IdentifierBatch> batches) {
        if (settings == null || isRefreshed()) {
            return batches;
        }
        List<IdentifierBatch> missing = new ArrayList<>();
        Map<IdentifierCache, Set<Identifier>> found = new HashMap<>();
        Map<IdentifierCache, IdentifiersBuilder> wanted = new HashMap<>();
        for (IdentifierBatch batch : batches) {
            IdentifierCache cache = of(batch);
            if (cache != null) {
                batch.identifiers().forEach(wanted.computeIfAbsent(cache, none -> new IdentifiersBuilder())::add);
            }
        }
        for (IdentifierBatch batch : batches) {
            IdentifierCache cache = of(batch);
            Set<Identifier> cached = cache == null
                    ? Set.of()
                    : found.computeIfAbsent(
                            cache, one -> look(one, batch, wanted.get(one).build(), files));
            if (cached.isEmpty()) {
                missing.add(batch);
                continue;
            }
            IdentifierBatch rest = batch.without(
                    batch.requested().stream().filter(cached::contains).toList());
            if (rest.size() > 0) {
                missing.add(rest);
            }
        }
        return missing;
    }

    private Set<Identifier> look(IdentifierCache cache, IdentifierBatch like, Identifiers wanted, Set<String> but) {
        Found found = cache.find(like, wanted, but);
        Set<Identifier> cached = new HashSet<>();
        for (CachedBlock block : found.blocks()) {
            blocks.addLast(block);
            cached.addAll(block.identifiers().requested());
        }
        return cached;
    }

    /** The next block to read; null after the last. */
    public CachedBlock next() {
        return blocks.poll();
    }

    /**
     * The answers of a block.
     *
     * @param missing takes the identifiers whose answers are gone, in batches
     * @return empty where they cannot be read there
     */
    public Optional<Map<String, CachedAnswer>> read(CachedBlock block, List<IdentifierBatch> missing) {
        IdentifierCache cache = of(block.identifiers());
        Optional<Map<String, CachedAnswer>> responses = cache == null ? Optional.empty() : cache.read(block);
        if (responses.isEmpty()) {
            missing.addAll(lookAgain(cache, block));
        }
        return responses;
    }

    private List<IdentifierBatch> lookAgain(IdentifierCache cache, CachedBlock block) {
        IdentifiersBuilder identifiers = new IdentifiersBuilder();
        block.identifiers().identifiers().forEach(identifiers::add);
        boolean again = cache != null && lost.add(block.file());
        if (again) {
            for (Iterator<CachedBlock> others = blocks.iterator(); others.hasNext(); ) {
                CachedBlock other = others.next();
                if (other.file().equals(block.file())) {
                    other.identifiers().identifiers().forEach(identifiers::add);
                    others.remove();
                }
            }
        }
        Identifiers wanted = identifiers.build();
        Identifiers missing = wanted;
        if (again) {
            Found found = cache.find(block.identifiers(), wanted, lost);
            found.blocks().forEach(blocks::addLast);
            missing = found.missing();
        }
        List<IdentifierBatch> batches = new ArrayList<>();
        for (int from = 0; from < missing.size(); from += batchSize) {
            batches.add(block.identifiers().with(missing.subList(from, Math.min(from + batchSize, missing.size()))));
        }
        return batches;
    }

    /** Closes what is open. */
    public void close() {
        byScope.values().forEach(IdentifierCache::close);
    }

    /** After the last batch of a task that has read all. */
    public void tidy() {
        byScope.values().forEach(IdentifierCache::tidy);
    }
}
