/** Finds cached reports in a task, and records new ones. Internal. */
package io.github.sparkncbigene.reuse;
