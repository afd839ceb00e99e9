/** The catalogue of options, and options resolved. Internal. */
package io.github.sparkncbigene.options;
