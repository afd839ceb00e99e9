package io.github.sparkncbigene.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessionFilesTest {
    @TempDir
    private Path directory;

    private static List<String> read(String... paths) {
        return new AccessionFiles(new Configuration()).read(List.of(paths));
    }

    private String file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return file.toString();
    }

    private String gzip(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NM_1.1\nNP_2.1\n",
                "NM_1.1\nNP_2.1",
                "NM_1.1\r\nNP_2.1\r\n",
                "\n  NM_1.1  \n\n\tNP_2.1\n\n",
                "# accessions\nNM_1.1 # first\n#NM_9.9\nNP_2.1# second\n   # end",
            })
    void oneALineWithCommentsAndBlankLines(String text) throws IOException {
        assertThat(read(file("a.txt", text))).containsExactly("NM_1.1", "NP_2.1");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstAccession() throws IOException {
        assertThat(read(file("a.txt", "\uFEFFNM_1.1\r\nNP_2.1\r\n"))).containsExactly("NM_1.1", "NP_2.1");
    }

    @Test
    void orderAndDuplicatesStay() throws IOException {
        assertThat(read(file("a.txt", "b\na\nb\n"), file("b.txt", "a\n"))).containsExactly("b", "a", "b", "a");
    }

    @Test
    void aFileWithoutAccessionsHasNone() throws IOException {
        assertThat(read(file("a.txt", ""), file("b.txt", "# nothing\n\n"))).isEmpty();
    }

    @Test
    void aFileMayBeCompressed() throws IOException {
        assertThat(read(gzip("a.txt.gz", "NM_1.1\nNP_2.1\n"))).containsExactly("NM_1.1", "NP_2.1");
    }

    @Test
    void aLargeFileIsRead() throws IOException {
        String text = IntStream.range(0, 300_000).mapToObj(i -> "NM_" + i).collect(Collectors.joining("\n"));

        assertThat(read(gzip("a.gz", text))).hasSize(300_000).endsWith("NM_299999");
    }

    @Test
    void aPathMayBeAUri() throws IOException {
        assertThat(read(Path.of(file("a.txt", "NM_1.1\n")).toUri().toString())).containsExactly("NM_1.1");
    }

    @Test
    void aDirectoryStandsForItsFilesButNotTheHiddenOnes() throws IOException {
        file("d/part-2.txt", "c");
        file("d/part-1.txt", "a\nb");
        file("d/_SUCCESS", "no");
        file("d/.part-1.txt.crc", "no");
        file("d/below/e.txt", "no");

        assertThat(read(directory.resolve("d").toString())).containsExactly("a", "b", "c");
    }

    @Test
    void aPatternStandsForWhatItMatches() throws IOException {
        file("x-2.txt", "b");
        file("x-1.txt", "a");
        file("y-1.txt", "no");

        assertThat(read(directory + "/x-*.txt")).containsExactly("a", "b");
        assertThat(read(directory + "/x-[2-9].txt")).containsExactly("b");
        assertThat(read(directory + "/{x,y}-1.txt")).containsExactly("a", "no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none.txt", "/none-*.txt", "/none/none.txt"})
    void aFileThatIsNotThereIsAnErrorThatNamesIt(String path) {
        assertThatThrownBy(() -> read(directory + path))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessage("[NCBI_GENE_FILE_UNREADABLE] Accessions cannot be read from '" + directory + path
                        + "': there is no such file. Check the path and that this machine may read it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuchfs://bucket/a.txt", "", "a:b:c", "file:"})
    void aPathThatMakesNoSenseIsAnErrorToo(String path) {
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(NcbiGeneException.class)
                .extracting(e -> ((NcbiGeneException) e).code())
                .isEqualTo(ErrorCode.FILE_UNREADABLE);
    }

    @Test
    void aCompressedFileThatIsDamagedIsAnError() throws IOException {
        Path whole = Path.of(gzip("a.gz", "NM_1.1\n".repeat(10_000)));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = directory.resolve("cut.gz");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> read(cut.toString())).hasMessageContaining("[NCBI_GENE_FILE_UNREADABLE]");
        assertThatThrownBy(() -> read(file("plain.gz", "NM_1.1\n")))
                .hasMessageContaining("[NCBI_GENE_FILE_UNREADABLE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NM_1.1 NP_2.1", "NM_1.1\tNP_2.1", "gene name here"})
    void severalWordsOnALineAreAnErrorThatNamesTheLine(String line) throws IOException {
        String path = file("a.txt", "NM_1.1\n\n" + line + " # comment\n");

        assertThatThrownBy(() -> read(path))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_INVALID_IDENTIFIER] Line 3 of ")
                .hasMessageContaining("a.txt is '" + line + "', which is no accession.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NM_1.1,NP_2.1", "NM_1.1,", "a\u0000b"})
    void whatCannotBeAskedForIsAnErrorThatNamesTheLine(String line) throws IOException {
        String path = file("a.txt", "NM_1.1\n" + line + "\n");

        assertThatThrownBy(() -> read(path))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageContaining("[NCBI_GENE_INVALID_IDENTIFIER]")
                .hasMessageContaining("line 2 of ")
                .hasMessageContaining("a.txt");
    }

    @Test
    void aVeryLongLineIsAnErrorThatDoesNotRepeatIt() throws IOException {
        String path = file("a.txt", "x".repeat(100_000));

        assertThatThrownBy(() -> read(path))
                .hasMessageContaining("longer than 1000 characters")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
    }
}
