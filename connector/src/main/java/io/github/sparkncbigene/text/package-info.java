/** Texts that users write: lists, blanks, printed arrays and objects, suggestions. Internal. */
package io.github.sparkncbigene.text;
