/** Caches NCBI's responses on a file system, so that a later read fetches only what is missing. Internal. */
package io.github.sparkncbigene.cache;
