/** The scan on the driver: builder, scan, batch, stream, plan and predicates. Internal. */
package io.github.sparkncbigene.scan;
