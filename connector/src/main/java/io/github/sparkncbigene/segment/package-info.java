/** The files of the cache by identifier: their form, their names, and how many become one. Internal. */
package io.github.sparkncbigene.segment;
