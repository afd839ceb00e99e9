/** From the bytes of an answer to the values of rows. Internal. */
package io.github.sparkncbigene.decode;
