package io.github.sparkncbigene.files;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.text.Blanks;
import io.github.sparkncbigene.text.ListSyntax;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;

/** Lists of accessions: as an option, and as a file. */
public final class AccessionListsFuzz {
    private static final Path FILE = new Path("accessions.txt");

    private AccessionListsFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        try {
            ListSyntax.parse("accessions", new String(input, StandardCharsets.UTF_8))
                    .forEach(AccessionListsFuzz::check);
        } catch (NcbiGeneException e) {
            checkMessage(e);
        }
        try (AccessionLines lines = new AccessionLines(new ByteArrayInputStream(input), FILE, 0, Long.MAX_VALUE)) {
            while (lines.next()) {
                lines.accession().ifPresent(AccessionListsFuzz::check);
            }
            if (lines.position() != input.length) {
                throw new AssertionError("Read to " + lines.position() + " of " + input.length);
            }
        } catch (NcbiGeneException e) {
            checkMessage(e);
        }
    }

    private static void check(String accession) {
        if (accession.isEmpty() || !accession.equals(Blanks.strip(accession))) {
            throw new AssertionError("No entry of a list: '" + accession + "'");
        }
    }

    /** Whatever is in a file, it can be printed in a terminal. */
    private static void checkMessage(NcbiGeneException e) {
        if (e.getMessage().length() > 1000 || e.getMessage().chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("A message that cannot be shown", e);
        }
    }
}
