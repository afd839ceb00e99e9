/**
 * The metrics that Spark's UI shows for a scan. Spark instantiates these classes by name, so they are public; they are
 * not meant for other use.
 */
package io.github.sparkncbigene.metrics;
