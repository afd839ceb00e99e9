/** Converts the bytes of a response to the values of rows. Internal. */
package io.github.sparkncbigene.decode;
