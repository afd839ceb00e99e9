/** Lookup joins, which fetch only the genes that the other side of a join names: what users call. */
package io.github.sparkncbigene.join;
