/** The connector's errors and their stable codes. */
package io.github.sparkncbigene.error;
