/** Jobs that put gene records beside one's own data; each is a recipe to copy from. */
package io.github.sparkncbigene.examples;
