/** NCBI's gene service as an interface: requests, responses, retries and offline use. Independent of Spark. Internal. */
package io.github.sparkncbigene.service;
