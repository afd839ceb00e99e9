/** The catalogue of options, and resolved options. Internal. */
package io.github.sparkncbigene.options;
