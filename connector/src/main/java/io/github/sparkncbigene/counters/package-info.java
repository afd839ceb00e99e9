/** The counters of a read. Independent of Spark. Internal. */
package io.github.sparkncbigene.counters;
