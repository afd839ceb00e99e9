package io.github.sparkncbigene.read;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.reuse.TaskCache;
import io.github.sparkncbigene.service.Budget;
import io.github.sparkncbigene.service.GeneService;

/**
 * The services that a task reads with, and the counts that it reports to.
 *
 * @param budget limits requests and bytes, together with the other tasks of the JVM
 * @param cache finds cached responses, and caches new ones
 * @param progress logs the progress of the query
 */
public record TaskResources(
        GeneService service, Budget budget, TaskCache cache, ReadProgress progress, TaskCounters counters) {}
