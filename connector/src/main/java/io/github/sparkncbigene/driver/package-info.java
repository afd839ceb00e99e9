/** The rate limiter on Spark's driver, and the ways in which executors reach it. Internal, except for the plugin. */
package io.github.sparkncbigene.driver;
