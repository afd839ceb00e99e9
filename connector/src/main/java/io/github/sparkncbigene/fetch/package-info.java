/** Fetches the pages of batches ahead of the reader. Internal. */
package io.github.sparkncbigene.fetch;
