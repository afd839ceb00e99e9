package io.github.sparkncbigene.plan;

import java.io.Serializable;

/**
 * One identifier asked for.
 *
 * @param text exactly as the user gave it
 */
public record Identifier(IdentifierKind kind, String text) implements Serializable {}
