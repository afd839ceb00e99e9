/** The registry of NCBI's report members, and the Spark schemas derived from it. Internal. */
package io.github.sparkncbigene.report;
