/** From options to requests: selectors, batches and request rules. Internal. */
package io.github.sparkncbigene.plan;
