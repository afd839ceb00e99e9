/** The gene service over HTTP: connections, rate limit, status codes and error bodies. Independent of Spark. Internal. */
package io.github.sparkncbigene.http;
