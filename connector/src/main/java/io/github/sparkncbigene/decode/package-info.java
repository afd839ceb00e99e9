/** Reads JSON responses, from the bytes to the values of a report. Internal. */
package io.github.sparkncbigene.decode;
