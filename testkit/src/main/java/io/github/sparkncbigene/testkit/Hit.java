package io.github.sparkncbigene.testkit;

import java.util.List;

/**
 * A gene in the result of a request.
 *
 * @param query the requested identifiers that match it
 */
record Hit(Gene gene, List<String> query, List<Warning> warnings) {}
