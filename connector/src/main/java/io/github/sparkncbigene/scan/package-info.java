/** The scan on the driver: builder, scan, batch, stream and plan. Internal. */
package io.github.sparkncbigene.scan;
