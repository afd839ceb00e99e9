/** Talks to NCBI's gene service; knows nothing of Spark. Internal. */
package io.github.sparkncbigene.service;
