/** The interface to Spark: the data source and its table. */
package io.github.sparkncbigene.source;
