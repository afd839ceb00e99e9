/** Lookup joins: only the genes that the other side of a join names are asked for. */
package io.github.sparkncbigene.join;
