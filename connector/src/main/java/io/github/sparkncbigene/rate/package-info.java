/**
 * Keeps the rate limit of a service: a limiter, and the ways in which tasks get permits from it. Independent of Spark.
 * Internal.
 */
package io.github.sparkncbigene.rate;
