package io.github.sparkncbigene.testkit;

import java.util.List;

/**
 * A gene among the answers to a request.
 *
 * @param query identifiers that hit it
 */
record Hit(Gene gene, List<String> query, List<Warning> warnings) {}
