/** From identifiers to requests: selectors, batches, partitions. Internal. */
package io.github.sparkncbigene.plan;
