/** Turns the responses of a batch, or its cached reports, into rows. Internal. */
package io.github.sparkncbigene.rows;
