/** Spark's scan: builder, batch, partitions, reader. Internal. */
package io.github.sparkncbigene.scan;
