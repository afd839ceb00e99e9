/** Measures the connector's speed against its alternatives. */
package io.github.sparkncbigene.benchmarks;
