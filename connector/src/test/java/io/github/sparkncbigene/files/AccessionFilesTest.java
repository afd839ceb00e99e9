package io.github.sparkncbigene.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessionFilesTest {
    @TempDir
    private Path directory;

    private static List<String> read(String... paths) {
        List<String> accessions = new ArrayList<>();
        new AccessionFiles(new Configuration()).read(List.of(paths), (accession, place) -> accessions.add(accession));
        return accessions;
    }

    /** The entries of a file with the lines they are on. */
    private static Map<String, String> places(String path) {
        Map<String, String> places = new LinkedHashMap<>();
        new AccessionFiles(new Configuration())
                .read(List.of(path), (accession, place) -> places.put(accession, place.get()));
        return places;
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
                "NM_1.1\rNP_2.1\r",
                "\"NM_1.1\"\n\"NP_2.1\"\n",
                "'NM_1.1'\r\n 'NP_2.1' # second\r\n",
                "\" NM_1.1 \"\n\"NP_2.1\" ",
                "\uFEFFNM_1.1\u00a0\n\u3000NP_2.1\u2028\u200b\n",
                "\u000bNM_1.1\f\nNP_2.1\u0085\n",
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
                        + "': "
                        + (path.contains("*")
                                ? "no file matches, or the directory is empty"
                                : "the file does not exist")
                        + ". Check the path, and that this machine can read it.");
    }

    @Test
    void aDirectoryWithoutFilesIsAnError() throws IOException {
        Files.createDirectory(directory.resolve("empty"));

        assertThatThrownBy(() -> read(directory + "/empty"))
                .hasMessageContaining("[NCBI_GENE_FILE_UNREADABLE]")
                .hasMessageContaining("no file matches, or the directory is empty");
    }

    /** As s3a:// is where Spark came without the classes for it. */
    @Test
    void aFileSystemWhoseClassesAreMissingIsAnError() {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.store.impl", "org.example.NoSuchFileSystem");

        assertThatThrownBy(() ->
                        new AccessionFiles(hadoop).read(List.of("store://bucket/a.txt"), (accession, place) -> {}))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith(
                        "[NCBI_GENE_FILE_UNREADABLE] Accessions cannot be read from" + " 'store://bucket/a.txt': ")
                .hasMessageContaining("org.example.NoSuchFileSystem")
                .hasCauseInstanceOf(RuntimeException.class);
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
    @ValueSource(
            strings = {
                "NM_1.1 NP_2.1",
                "NM_1.1\tNP_2.1",
                "NM_1.1\u2028NP_2.1",
                "gene name here",
                "NM_1.1,",
                "\"NM_1.1\",59067"
            })
    void whatIsNoAccessionIsAnEntryWithItsPlace(String line) throws IOException {
        String path = file("a.txt", "NM_1.1\n\n" + line + " # comment\n");

        assertThat(places(path)).containsExactly(entry("NM_1.1", 1, path), entry(line, 3, path));
    }

    private static Map.Entry<String, String> entry(String accession, int line, String path) {
        return Map.entry(accession, "line " + line + " of file:" + path);
    }

    static List<Arguments> noTexts() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write("NM_1.1\n".getBytes(StandardCharsets.UTF_8));
        }
        return List.of(
                Arguments.of("compressed, by a name that does not say so", gzip.toByteArray()),
                Arguments.of(
                        "UTF-16, as Windows calls Unicode", "\uFEFFNM_1.1\r\n".getBytes(StandardCharsets.UTF_16LE)),
                Arguments.of("a Parquet file", "PAR1\u0015\u0004\u0015\u0000\u0000".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("zeros", new byte[1000]),
                Arguments.of("another encoding", "NM_1\u00e4".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noTexts")
    void whatIsNoTextIsAnErrorThatCanBePrinted(String what, byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("a.txt"), bytes);

        assertThatThrownBy(() -> read(file.toString()))
                .as(what)
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_INVALID_IDENTIFIER] Line 1 of ")
                .hasMessageContaining("which is not UTF-8 text. Use a text file with one accession per line. A"
                        + " compressed file needs a name that says so, such as accessions.txt.gz.")
                .satisfies(e -> assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl));
    }

    @Test
    void linesMayEndAsOnAnySystem() throws IOException {
        assertThat(read(file("a.txt", "NM_1.1\rNP_2.1\r\rNM_3.1"))).containsExactly("NM_1.1", "NP_2.1", "NM_3.1");
        String path = file("b.txt", "NM_1.1\r\n\r\nx y\r\nNP_2.1\rz");
        assertThat(places(path))
                .containsExactly(
                        entry("NM_1.1", 1, path), entry("x y", 3, path), entry("NP_2.1", 4, path), entry("z", 5, path));
    }

    @Test
    void aFileOfOneEndlessLineIsAnErrorBeforeItIsAllRead() throws IOException {
        String path = gzip("a.gz", "A".repeat((1 << 20) + 10));

        assertThatThrownBy(() -> read(path))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageMatching("\\[NCBI_GENE_INVALID_IDENTIFIER\\] A line of .*a\\.gz is longer than 1048576"
                        + " characters\\. Use a text file with one accession per line\\.");
    }

    @Test
    void anAccessionInPlaceOfAPathIsTold() {
        assertThatThrownBy(() -> read("NM_021803.4"))
                .hasMessage("[NCBI_GENE_FILE_UNREADABLE] Accessions cannot be read from 'NM_021803.4': the file does"
                        + " not exist. It looks like an accession, not a path: give it with"
                        + " option(\"accessions\", \"NM_021803.4\").load().");
        assertThatThrownBy(() -> read("NM_021803.4, np_068575.1"))
                .hasMessageEndingWith("It looks like a list of accessions, not a path: give it with"
                        + " option(\"accessions\", \"NM_021803.4, np_068575.1\").load().");
        assertThatThrownBy(() -> read("59067"))
                .hasMessageEndingWith("It looks like a GeneID, not a path: give it with"
                        + " option(\"gene_ids\", \"59067\").load().");
        assertThatThrownBy(() -> read("ids.txt"))
                .hasMessageEndingWith("Check the path, and that this machine can read it.");
    }
}
