/** Reads responses that are tables: tab-separated rows, and packages of reports. Internal. */
package io.github.sparkncbigene.table;
