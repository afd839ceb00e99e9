/** Jobs that add gene records to your own data; each is a recipe to copy from. */
package io.github.sparkncbigene.examples;
