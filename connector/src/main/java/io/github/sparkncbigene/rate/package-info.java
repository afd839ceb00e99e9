/** Keeps the rate limit of a service: a limiter, and how tasks get their turns from it; knows nothing of Spark. Internal. */
package io.github.sparkncbigene.rate;
