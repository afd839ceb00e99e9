package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.recovery.Recovery;

/**
 * State that all batches of a task share, so that one batch learns from another.
 *
 * @param recovery replaces batches that failed
 * @param projection knows whether reduced reports are enough
 * @param tables counts the batches whose tables cannot be used
 */
record TaskState(Recovery recovery, ProjectionCheck projection, TableTrial tables, TaskCounters counters) {}
