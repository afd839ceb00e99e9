/** Lookup joins, which fetch only the genes that the other side of a join names. */
package io.github.sparkncbigene.join;
