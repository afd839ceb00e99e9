/** The specification of a read, which the driver sends to its tasks, and the checks of responses. Internal. */
package io.github.sparkncbigene.spec;
