/** Keeps the answers to finished batches on a file system, so that a read that is run again need not ask. Internal. */
package io.github.sparkncbigene.kept;
