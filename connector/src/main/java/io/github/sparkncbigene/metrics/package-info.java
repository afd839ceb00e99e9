/**
 * What Spark's UI shows of a scan. Spark makes these classes by their names, so they are public; they are not meant for
 * other use.
 */
package io.github.sparkncbigene.metrics;
