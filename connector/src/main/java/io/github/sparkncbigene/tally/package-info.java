/** What a read counts while it runs; knows nothing of Spark. Internal. */
package io.github.sparkncbigene.tally;
