/** Identifiers: kinds, forms, lists, batches and key domains. Internal. */
package io.github.sparkncbigene.identifier;
