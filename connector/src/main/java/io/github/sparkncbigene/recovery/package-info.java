/** Recovers from a failed batch: attempts, halves, and the search for a rejected identifier. Internal. */
package io.github.sparkncbigene.recovery;
