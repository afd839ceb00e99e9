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
import io.github.sparkncbigene.segment.CachedIdentifier;
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

/** The cache of one task: the blocks that it reads, and the caches that it writes to. */
public final class TaskCache {
    private final CacheSettings settings;
    private final RequestFactory requests;
    private final CacheMode mode;
    private final ResponseCache responses;
    private final int batchSize;
    private final Map<CacheScope, IdentifierCache> byScope = new HashMap<>();
    private final Deque<CachedBlock> blocks = new ArrayDeque<>();
    private final Set<String> files;
    /** Files that were merged into others while the task ran. Identifiers planned there are looked up again. */
    private final Set<String> lost = new HashSet<>();

    /**
     * @param settings null if nothing is cached
     * @param part the cached identifiers that the driver found
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

    /** Returns a cache that holds nothing and caches nothing. */
    public static TaskCache none(ReadSpec spec) {
        return new TaskCache(spec);
    }

    /** Returns true if nothing is fetched. */
    public boolean isOffline() {
        return mode == CacheMode.OFFLINE;
    }

    /** Returns true if cached responses are not used. */
    public boolean isRefreshed() {
        return mode == CacheMode.REFRESH;
    }

    /** Returns the kind of the identifiers that the driver found in the cache; empty if it found none. */
    public Optional<IdentifierKind> kind() {
        return blocks.stream().findFirst().flatMap(block -> block.identifiers().kind());
    }

    /** Returns the number of identifiers planned to come from the cache. */
    public long planned() {
        return blocks.stream().mapToLong(block -> block.identifiers().size()).sum();
    }

    /** Returns the cache for a batch; null if its responses are not cached by identifier. */
    public IdentifierCache of(IdentifierBatch batch) {
        if (settings == null) {
            return null;
        }
        return CacheScope.of(requests, batch)
                .map(scope -> byScope.computeIfAbsent(scope, settings::identifiers))
                .orElse(null);
    }

    /** Returns the cache of whole responses for a batch; null if it is cached by identifier, or not at all. */
    public ResponseCache responses(IdentifierBatch batch) {
        return of(batch) == null ? responses : null;
    }

    /**
     * Looks again for the identifiers that the driver has not found. Another task or application may have fetched them
     * since, or the same query runs again by its old plan.
     *
     * @return the batches without the identifiers that are cached now
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

    /** Returns the next block to read; null after the last. */
    public CachedBlock next() {
        return blocks.poll();
    }

    /**
     * Reads a block.
     *
     * @param missing receives the identifiers that are no longer cached, in batches
     * @return cached identifiers by their text; empty if the block cannot be read
     */
    public Optional<Map<String, CachedIdentifier>> read(CachedBlock block, List<IdentifierBatch> missing) {
        IdentifierCache cache = of(block.identifiers());
        Optional<Map<String, CachedIdentifier>> responses = cache == null ? Optional.empty() : cache.read(block);
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

    /** Closes open files. */
    public void close() {
        byScope.values().forEach(IdentifierCache::close);
    }

    /** Merges small files, after the last batch of a task that has read all. */
    public void tidy() {
        byScope.values().forEach(IdentifierCache::tidy);
    }
}
