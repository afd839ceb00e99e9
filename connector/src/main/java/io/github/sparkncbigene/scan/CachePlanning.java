package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.cache.CacheScope;
import io.github.sparkncbigene.cache.CacheSettings;
import io.github.sparkncbigene.cache.CachedBlock;
import io.github.sparkncbigene.cache.Found;
import io.github.sparkncbigene.cache.IdentifierCache;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.options.CacheMode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;

/**
 * Finds the cached identifiers of a plan, on the driver, so that the others share as few requests as possible. Reads
 * only the cache's index, and sends no request. If the driver cannot read the cache, the tasks look.
 */
final class CachePlanning {
    private CachePlanning() {}

    /** The cached identifiers of a selector. */
    record Cached(Selector missing, List<CachedBlock> blocks, Set<String> files) {
        static Cached nothing(Selector selector) {
            return new Cached(selector, List.of(), Set.of());
        }
    }

    /** Returns the work of all tasks for a plan. */
    static PlannedReads reads(ScanPlan plan) {
        return reads(plan, () -> SparkContext.getOrCreate().hadoopConfiguration());
    }

    static PlannedReads reads(ScanPlan plan, Supplier<Configuration> hadoop) {
        ReadSpec spec = plan.spec();
        boolean looks = spec.options().has(Option.CACHE_PATH) && spec.options().cacheMode() != CacheMode.REFRESH;
        CacheSettings settings = looks ? CacheSettings.of(spec.options(), hadoop.get()) : null;
        Function<Selector, Cached> look =
                settings == null ? Cached::nothing : selector -> look(spec, settings, selector);
        return plan.reads(look);
    }

    private static Cached look(ReadSpec spec, CacheSettings settings, Selector selector) {
        if (selector.kind().isEmpty()) {
            return Cached.nothing(selector);
        }
        List<CachedBlock> blocks = new ArrayList<>();
        Set<String> files = new HashSet<>();
        if (selector.symbolsByTaxon().isEmpty()) {
            IdentifierBatch all =
                    new IdentifierBatch(selector.kind().get(), selector.identifiers(), selector.locusTags());
            Identifiers missing = look(spec, settings, all, selector.identifiers(), blocks, files);
            return new Cached(selector.with(missing), blocks, files);
        }
        NavigableMap<String, Identifiers> missing = new TreeMap<>();
        selector.symbolsByTaxon().forEach((taxon, symbols) -> {
            IdentifierBatch all =
                    new IdentifierBatch(selector.kind().get(), symbols, selector.locusTags()).inTaxon(taxon);
            Identifiers rest = look(spec, settings, all, symbols, blocks, files);
            if (!rest.isEmpty()) {
                missing.put(taxon, rest);
            }
        });
        return new Cached(selector.with(missing), blocks, files);
    }

    private static Identifiers look(
            ReadSpec spec,
            CacheSettings settings,
            IdentifierBatch all,
            Identifiers wanted,
            List<CachedBlock> blocks,
            Set<String> files) {
        Optional<CacheScope> scope = CacheScope.of(spec.requests(), all);
        if (scope.isEmpty()) {
            return wanted;
        }
        IdentifierCache cache = settings.identifiers(scope.get());
        Found found = cache.find(all, wanted, Set.of());
        blocks.addAll(found.blocks());
        files.addAll(found.files());
        return found.missing();
    }
}
