package io.github.sparkncbigene.files;

import io.github.sparkncbigene.error.NcbiGeneException;
import java.nio.charset.StandardCharsets;

/** What a stream's checkpoint says of where it is. */
public final class StreamOffsetsFuzz {
    private StreamOffsetsFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        FilesOffset offset;
        try {
            offset = FilesOffset.parse(new String(input, StandardCharsets.UTF_8));
        } catch (NcbiGeneException e) {
            return;
        }
        if (!FilesOffset.parse(offset.json()).equals(offset)) {
            throw new AssertionError("Written and read again it is another: " + offset.json());
        }
    }
}
