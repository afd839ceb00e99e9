package io.github.sparkncbigene.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.NcbiGeneException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessionStreamFilesTest {
    private static final FilesOffset START = new FilesOffset(Map.of());
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path directory;

    private AccessionStreamFiles files() {
        return files(directory);
    }

    private static AccessionStreamFiles files(Path path) {
        return files(path, false, NOW);
    }

    private static AccessionStreamFiles files(Path path, boolean rereads, Instant now) {
        return new AccessionStreamFiles(
                new Configuration(), List.of(path.toString()), rereads, Clock.fixed(now, ZoneOffset.UTC));
    }

    private AccessionStreamFiles rereading() {
        return files(directory, true, NOW);
    }

    private Path rewrite(String name, String text) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
        return write(name, text);
    }

    private String replaced(String name, long read) {
        return "[NCBI_GENE_FILE_REPLACED] File 'file:" + directory.resolve(name) + "' was replaced or shortened: its"
                + " first " + read + " bytes differ from what the stream has read. Put new identifiers into a file"
                + " with another name, or set replaced_files to reread, which reads such a file from its start.";
    }

    private static List<String> between(AccessionStreamFiles files, FilesOffset start, FilesOffset end) {
        List<String> accessions = new ArrayList<>();
        files.between(start, end, (accession, place) -> accessions.add(accession));
        return accessions;
    }

    private Path write(String name, String text) throws IOException {
        return append(directory.resolve(name), text, NOW.minusSeconds(60));
    }

    private static Path append(Path file, String text, Instant when) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, FileTime.from(when));
        return file;
    }

    private static Path appendZipped(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(60)));
        return file;
    }

    /** As Spark does after a restart. */
    private static FilesOffset stored(FilesOffset offset) {
        return FilesOffset.parse(offset.json());
    }

    @Test
    void goesThroughTheFilesInOrderSoManyAtATime() throws IOException {
        write("b.txt", "NM_4\nNM_5\n");
        write("a.txt", "# transcripts\nNM_1 # the first\n\nNM_2\r\nNM_3\n");
        write("_SUCCESS", "NM_9\n");

        FilesOffset first = files().reach(START, 2, false);
        FilesOffset second = files().reach(first, 2, false);
        FilesOffset third = files().reach(second, 2, false);

        assertThat(between(files(), START, first)).containsExactly("NM_1", "NM_2");
        assertThat(between(files(), first, second)).containsExactly("NM_3", "NM_4");
        assertThat(between(files(), second, third)).containsExactly("NM_5");
        assertThat(files().reach(third, 2, false)).isEqualTo(third);
        assertThat(files().reach(first, 3, false)).as("the end is seen at once").isEqualTo(third);
    }

    @Test
    void whatIsAddedComesNextAndASliceStaysWhatItWas() throws IOException {
        Path file = write("b.txt", "NM_1\nNM_2\n");
        FilesOffset first = stored(files().reach(START, 10, false));
        append(file, "NM_3\n", NOW.minusSeconds(30));
        write("a.txt", "NM_0\n");

        FilesOffset second = stored(files().reach(first, 10, false));
        append(file, "NM_4\n", NOW.minusSeconds(20));

        assertThat(between(files(), START, first)).containsExactly("NM_1", "NM_2");
        assertThat(between(files(), first, second)).containsExactly("NM_0", "NM_3");
        assertThat(between(files(), second, files().reach(second, 10, false))).containsExactly("NM_4");
    }

    @Test
    void aLastLineWithoutEndWaitsUntilTheFileIsQuiet() throws IOException {
        Path file = append(directory.resolve("a.txt"), "NM_1\nNM_2", NOW.minusSeconds(1));

        FilesOffset soon = files().reach(START, 10, false);
        FilesOffset atOnce = files().reach(START, 10, true);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(10)));
        FilesOffset later = files().reach(soon, 10, false);

        assertThat(between(files(), START, soon)).containsExactly("NM_1");
        assertThat(between(files(), START, atOnce)).containsExactly("NM_1", "NM_2");
        assertThat(between(files(), soon, later)).containsExactly("NM_2");
        append(file, "\nNM_3\n", NOW.minusSeconds(60));
        assertThat(between(files(), later, files().reach(later, 10, false))).containsExactly("NM_3");
    }

    @Test
    void compressedFilesToo() throws IOException {
        Path file = appendZipped(directory.resolve("a.txt.gz"), "NM_1\nNM_2\nNM_3\n");

        FilesOffset first = stored(files().reach(START, 2, false));
        FilesOffset second = stored(files().reach(first, 2, false));
        appendZipped(file, "NM_4\n");
        FilesOffset third = files().reach(second, 2, false);

        assertThat(between(files(), START, first)).containsExactly("NM_1", "NM_2");
        assertThat(between(files(), first, second)).containsExactly("NM_3");
        assertThat(between(files(), second, third)).containsExactly("NM_4");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 15, 30})
    void aCompressedFileThatIsStillWrittenIsReadWhenItIsWhole(int written) throws IOException {
        Path file = appendZipped(directory.resolve("a.txt.gz"), "NM_1\n");
        FilesOffset first = stored(files().reach(START, 10, false));
        byte[] before = Files.readAllBytes(file);
        appendZipped(file, "NM_2\nNM_3\n".repeat(3));
        byte[] whole = Files.readAllBytes(file);
        assertThat(written).isLessThan(whole.length - before.length);

        Files.write(file, Arrays.copyOf(whole, before.length + written));
        Path other = Files.write(
                directory.resolve("b.txt.gz"), Arrays.copyOfRange(whole, before.length, before.length + written));
        for (Path part : List.of(file, other)) {
            Files.setLastModifiedTime(part, FileTime.from(NOW.minusSeconds(9)));
        }
        assertThat(between(files(), first, stored(files().reach(first, 10, false))))
                .isEmpty();

        Files.setLastModifiedTime(other, FileTime.from(NOW.minusSeconds(10)));
        assertThatThrownBy(() -> files().reach(first, 10, false))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageContaining(
                        "[NCBI_GENE_FILE_UNREADABLE] Accessions cannot be read from 'file:" + other + "': ");

        Files.delete(other);
        Files.write(file, whole);
        Files.setLastModifiedTime(file, FileTime.from(NOW));
        assertThat(between(files(), first, stored(files().reach(first, 10, false))))
                .containsExactly("NM_2", "NM_3", "NM_2", "NM_3", "NM_2", "NM_3");
    }

    @Test
    void frozenItEndsWithWhatIsThere() throws IOException {
        Path file = write("a.txt", "NM_1\nNM_2\n");
        AccessionStreamFiles frozen = files();
        frozen.freeze();
        append(file, "NM_3\n", NOW.minusSeconds(60));
        write("b.txt", "NM_4\n");

        FilesOffset all = frozen.reach(START, 10, false);

        assertThat(between(frozen, START, all)).containsExactly("NM_1", "NM_2");
        assertThat(frozen.reach(all, 10, false)).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "NM_7\n", "NM_1\n", "NM_1\nNM_3\n", "NM_3\nNM_1\n", "NM_8\nNM_2\nNM_3\n", "NM_1\rNM_2\n"})
    void aFileThatWasReplacedIsNamed(String text) throws IOException {
        write("a.txt", "NM_1\nNM_2\n");
        FilesOffset all = stored(files().reach(START, 10, false));
        rewrite("a.txt", text);
        write("b.txt", "NM_9\n");

        assertThatThrownBy(() -> files().reach(all, 10, false)).hasMessage(replaced("a.txt", 10));
        assertThatThrownBy(() -> between(files(), START, all)).hasMessage(replaced("a.txt", 10));
    }

    @Test
    void aFileThatWasReplacedHalfwayIsNamedToo() throws IOException {
        write("a.txt", "NM_1\nNM_2\nNM_3\n");
        FilesOffset half = stored(files().reach(START, 2, false));
        rewrite("a.txt", "NM_4\nNM_5\nNM_6\n");

        assertThatThrownBy(() -> files().reach(half, 10, false)).hasMessage(replaced("a.txt", 10));
    }

    @Test
    void aReplacedFileIsReadFromItsStartIfThatIsWanted() throws IOException {
        write("a.txt", "NM_1\nNM_2\n");
        FilesOffset all = stored(rereading().reach(START, 10, false));
        rewrite("a.txt", "NM_3\nNM_4\n");

        FilesOffset half = stored(rereading().reach(all, 1, false));
        FilesOffset whole = stored(rereading().reach(half, 10, false));

        assertThat(between(rereading(), all, half)).containsExactly("NM_3");
        assertThat(between(rereading(), half, whole)).containsExactly("NM_4");
        assertThat(between(rereading(), START, whole)).containsExactly("NM_3", "NM_4");
        assertThat(rereading().reach(whole, 10, false)).isEqualTo(whole);
        rewrite("a.txt", "NM_5\n");
        FilesOffset again = stored(rereading().reach(whole, 10, false));
        assertThat(between(rereading(), whole, again)).containsExactly("NM_5");
        assertThat(again.json()).contains("\"rereads\":2");
    }

    @Test
    void aFileThatWasEmptiedIsReadWhenItIsFilledAgain() throws IOException {
        write("a.txt", "NM_1\nNM_2\n");
        FilesOffset all = stored(rereading().reach(START, 10, false));
        rewrite("a.txt", "");
        FilesOffset empty = stored(rereading().reach(all, 10, false));
        rewrite("a.txt", "NM_1\nNM_2\n");
        FilesOffset filled = stored(rereading().reach(empty, 10, false));

        assertThat(between(rereading(), all, empty)).isEmpty();
        assertThat(between(rereading(), empty, filled)).containsExactly("NM_1", "NM_2");
    }

    @Test
    void whatIsLeftOfAnOldFileIsNotReadFromTheNewOne() throws IOException {
        write("a.txt", "NM_1\nNM_2\n");
        FilesOffset all = stored(rereading().reach(START, 10, false));
        rewrite("a.txt", "NM_3\nNM_4\n");

        assertThat(between(rereading(), START, all)).isEmpty();
        assertThat(between(rereading(), all, rereading().reach(all, 10, false))).containsExactly("NM_3", "NM_4");
    }

    @Test
    void aFileWrittenAgainWithTheSameTextAndMoreHasGrown() throws IOException {
        write("a.txt", "NM_1\nNM_2\n");
        FilesOffset all = stored(files().reach(START, 10, false));
        rewrite("a.txt", "NM_1\nNM_2\nNM_3\n");

        assertThat(between(files(), all, files().reach(all, 10, false))).containsExactly("NM_3");
    }

    @Test
    void aCompressedFileIsToldByItsTextAndNotByItsLength() throws IOException {
        Path file = appendZipped(directory.resolve("a.txt.gz"), "NM_1\n");
        appendZipped(file, "NM_2\n");
        FilesOffset all = stored(files().reach(START, 10, false));
        Files.delete(file);
        appendZipped(file, "NM_1\nNM_2\n");
        FilesOffset shorter = stored(files().reach(all, 10, false));
        assertThat(between(files(), all, shorter)).isEmpty();

        Files.delete(file);
        appendZipped(file, "NM_1\nNM_3\n");
        assertThatThrownBy(() -> files().reach(shorter, 10, false)).hasMessage(replaced("a.txt.gz", 10));
        Files.delete(file);
        appendZipped(file, "NM_1\n");
        assertThatThrownBy(() -> files().reach(shorter, 10, false)).hasMessage(replaced("a.txt.gz", 10));
        assertThat(between(rereading(), shorter, rereading().reach(shorter, 10, false)))
                .containsExactly("NM_1");
    }

    @Test
    void aChangeThatShowsInNeitherLengthNorTimeIsNoticedAsLongAsItIsNew() throws IOException {
        AccessionStreamFiles running = files(directory, false, NOW.minusSeconds(55));
        write("a.txt", "NM_1\n");
        FilesOffset all = running.reach(START, 10, true);
        assertThat(running.reach(all, 10, true)).isEqualTo(all);
        rewrite("a.txt", "NM_2\n");

        assertThatThrownBy(() -> running.reach(all, 10, true)).hasMessage(replaced("a.txt", 5));
    }

    @Test
    void whatIsDeletedAfterItWasListedIsNoTrouble() throws IOException {
        Path file = write("a.txt", "NM_1\n");
        AccessionStreamFiles frozen = files();
        frozen.freeze();
        FilesOffset all = frozen.reach(START, 10, false);
        Files.delete(file);

        assertThat(frozen.reach(all, 10, false)).isEqualTo(all);
    }

    @Test
    void anOffsetOfAnEarlierReleaseIsReadOn() throws IOException {
        write("a.txt", "NM_1\nNM_2\nNM_3\n");
        String name = "file:" + directory.resolve("a.txt");
        FilesOffset old = FilesOffset.parse("{\"files\":{\"" + name + "\":{\"read\":10,\"size\":10}}}");

        FilesOffset next = stored(files().reach(old, 10, false));

        assertThat(between(files(), START, old)).containsExactly("NM_1", "NM_2");
        assertThat(between(files(), old, next)).containsExactly("NM_3");
        assertThat(next.json()).contains("\"digest\":\"");
        rewrite("a.txt", "NM_1\n");
        assertThatThrownBy(() -> files().reach(old, 10, false)).hasMessage(replaced("a.txt", 10));
        assertThatThrownBy(() -> between(files(), START, old)).hasMessage(replaced("a.txt", 10));
    }

    /** Any change of one byte within the first or the last 64 KiB that were read, however long the file. */
    @Property(tries = 30)
    void aChangedByteIsNoticed(
            @ForAll @IntRange(min = 1, max = 60_000) int lines,
            @ForAll @IntRange(max = 65_535) int at,
            @ForAll boolean fromEnd)
            throws IOException {
        Path place = Files.createTempDirectory(Path.of("target"), "stream");
        Path file = place.resolve("a.txt");
        byte[] text = "NM_1\n".repeat(lines).getBytes(StandardCharsets.UTF_8);
        Files.write(file, text);
        FilesOffset all = stored(files(place).reach(START, Long.MAX_VALUE, true));
        int changed = Math.min(at, text.length - 1);
        text[fromEnd ? text.length - 1 - changed : changed] ^= 0x10;
        Files.write(file, text);

        assertThatThrownBy(() -> files(place).reach(all, 10, true)).hasMessageContaining("NCBI_GENE_FILE_REPLACED");
    }

    @Test
    void aFileThatIsGoneIsNoTroubleOnceItIsRead() throws IOException {
        Path file = write("a.txt", "NM_1\n");
        FilesOffset all = files().reach(START, 10, false);
        Files.delete(file);
        write("b.txt", "NM_2\n");

        assertThat(between(files(), all, files().reach(all, 10, false))).containsExactly("NM_2");
        assertThatThrownBy(() -> between(files(), START, all)).hasMessageContaining("NCBI_GENE_FILE_UNREADABLE");
    }

    @Test
    void anEmptyDirectoryIsNoErrorAMissingOneIs() {
        assertThat(files().reach(START, 10, false)).isEqualTo(START);
        assertThatThrownBy(() -> files(directory.resolve("missing")).reach(START, 10, false))
                .hasMessageContaining("NCBI_GENE_FILE_UNREADABLE")
                .hasMessageContaining("the file does not exist");
    }

    @Test
    void anEntryHasItsPlace() throws IOException {
        Path file = write("a.txt", "NM_1\r\nNM_2 NM_3\rNM_4\n");
        FilesOffset first = files().reach(START, 1, false);
        List<String> places = new ArrayList<>();

        files().between(START, first, (accession, place) -> places.add(accession + ": " + place.get()));
        files().between(
                        first,
                        files().reach(first, 10, false),
                        (accession, place) -> places.add(accession + ": " + place.get()));

        assertThat(places)
                .containsExactly(
                        "NM_1: line 1 of file:" + file,
                        "NM_2 NM_3: the line at byte 6 of file:" + file,
                        "NM_4: the line at byte 16 of file:" + file);
    }

    /** A file that Windows or an old Mac wrote, and that ends between CR and LF for now. */
    @Test
    void linesEndAsInABatch() throws IOException {
        Path file = write("a.txt", "NM_1\rNM_2\r\n\"NM_3\"\r");
        FilesOffset first = files().reach(START, 1, false);
        FilesOffset second = stored(files().reach(first, 10, false));
        append(file, "\nNM_4\r\n", NOW.minusSeconds(60));
        FilesOffset third = files().reach(second, 10, false);

        assertThat(between(files(), START, first)).containsExactly("NM_1");
        assertThat(between(files(), first, second)).containsExactly("NM_2", "NM_3");
        assertThat(between(files(), second, third)).containsExactly("NM_4");
    }

    @Test
    void theOffsetIsJson() throws IOException {
        write("a.txt", "NM_1\nNM_2\n");

        FilesOffset half = files().reach(START, 1, false);
        FilesOffset all = files().reach(half, 1, false);

        assertThat(START.json()).isEqualTo("{\"files\":{}}");
        String name = "file:" + directory.resolve("a.txt");
        assertThat(half.json())
                .isEqualTo(
                        "{\"files\":{\"" + name + "\":{\"read\":5,\"digest\":\"dad33b8613e5f5553c492d4d4b894ddd\"}}}");
        assertThat(stored(half)).isEqualTo(half);
        assertThat(stored(all).json())
                .isEqualTo("{\"files\":{\"" + name
                        + "\":{\"read\":10,\"size\":10,\"digest\":\"7e3796440e52decb223ffc080df63c1a\"}}}");
    }

    /** Whatever is added while it is read, and wherever it is restarted, each line comes once. */
    @Property(tries = 100)
    void eachLineComesOnce(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 7) Integer> additions,
            @ForAll @IntRange(min = 1, max = 9) int most)
            throws IOException {
        Path place = Files.createTempDirectory(Path.of("target"), "stream");
        List<String> given = new ArrayList<>();
        List<String> delivered = new ArrayList<>();
        FilesOffset at = START;
        int number = 0;
        for (int lines : additions) {
            List<String> added = IntStream.range(number, number + lines)
                    .mapToObj(i -> "NM_" + i)
                    .toList();
            number += lines;
            given.addAll(added);
            String text = added.stream().map(line -> line + "\n").collect(Collectors.joining());
            if (lines % 2 == 0) {
                append(place.resolve("file-" + lines), text, NOW.minusSeconds(60));
            } else {
                appendZipped(place.resolve("file-" + lines + ".gz"), text);
            }
            FilesOffset next = stored(files(place).reach(at, most, false));
            delivered.addAll(between(files(place), at, next));
            at = next;
        }
        for (FilesOffset next = files(place).reach(at, most, false);
                !next.equals(at);
                next = files(place).reach(at, most, false)) {
            delivered.addAll(between(files(place), at, next));
            at = stored(next);
        }

        assertThat(delivered).containsExactlyInAnyOrderElementsOf(given);
    }
}
