/** Files of accessions, read as a list or as a stream. Internal. */
package io.github.sparkncbigene.files;
