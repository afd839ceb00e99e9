/** Lays the values of a report out as rows: nested, tabular and view columns. Internal. */
package io.github.sparkncbigene.layout;
