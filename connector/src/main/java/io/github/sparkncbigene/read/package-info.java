/** Reads the rows of a partition in a task: partition, factory and reader. Internal. */
package io.github.sparkncbigene.read;
