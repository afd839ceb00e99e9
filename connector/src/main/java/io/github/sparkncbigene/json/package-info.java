/** UTF-8 JSON read from bytes: the parser, the skipper and the buffers, all that depends on the version of Jackson. Internal. */
package io.github.sparkncbigene.json;
