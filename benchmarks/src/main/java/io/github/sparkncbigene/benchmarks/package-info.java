/** How fast the connector is, beside what else one could use. */
package io.github.sparkncbigene.benchmarks;
