/** The registry of NCBI's report members, and the Spark schemas made from it. Internal. */
package io.github.sparkncbigene.report;
