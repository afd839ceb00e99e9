/** Reads Spark's predicates: which keys they leave. Internal. */
package io.github.sparkncbigene.predicate;
