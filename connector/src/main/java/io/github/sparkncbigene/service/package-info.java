/** Communicates with NCBI's gene service. Independent of Spark. Internal. */
package io.github.sparkncbigene.service;
