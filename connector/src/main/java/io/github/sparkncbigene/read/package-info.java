/** Reads the rows of a partition in a task: partition, factory, reader, row assembly and recovery. Internal. */
package io.github.sparkncbigene.read;
