/** From identifiers to requests: selectors, batches and partitions. Internal. */
package io.github.sparkncbigene.plan;
