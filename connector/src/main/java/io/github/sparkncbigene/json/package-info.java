/**
 * Reads UTF-8 JSON from bytes: the parser, the skipper and the buffers, and everything else that depends on the version
 * of Jackson. Internal.
 */
package io.github.sparkncbigene.json;
