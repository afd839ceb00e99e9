package io.github.sparkncbigene.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The encoding of a response's body: none, or gzip in any letter case and under its old name {@code x-gzip}.
 *
 * @param gzip true if the body is compressed with gzip
 * @param unknown an encoding that was not requested and cannot be decoded; empty if there is none
 */
record ContentEncoding(boolean gzip, Optional<String> unknown) {
    private static final List<String> GZIP = List.of("gzip", "x-gzip");

    /** @param headers the values of {@code Content-Encoding}, each with one encoding or several */
    static ContentEncoding of(Stream<String> headers) {
        List<String> encodings = headers.flatMap(value -> Stream.of(value.split(",", -1)))
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty() && !value.equals("identity"))
                .toList();
        if (encodings.isEmpty()) {
            return new ContentEncoding(false, Optional.empty());
        }
        return encodings.size() == 1 && GZIP.contains(encodings.get(0))
                ? new ContentEncoding(true, Optional.empty())
                : new ContentEncoding(false, Optional.of(String.join(", ", encodings)));
    }
}
