package io.github.sparkncbigene.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.files.FilesOffset.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesOffsetTest {
    @Test
    void whatIsWrittenIsRead() {
        FilesOffset offset = new FilesOffset(
                Map.of("file:/a", new Progress(7, 9, "", 0), "file:/\"b\"", new Progress(1, -1, "", 0)));

        assertThat(FilesOffset.parse(offset.json())).isEqualTo(offset);
        assertThat(FilesOffset.parse(offset.json()).files()).isEqualTo(offset.files());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "[]",
                "null",
                "{\"files\":7}",
                "{\"files\":{\"a\":7}}",
                "{\"files\":{\"a\":{\"read\":\"x\"}}}",
                "{\"files\":{\"a\":{\"read\":99999999999999999999}}}",
                "{\"files\":{\"a\":{\"read\":1",
                "{\"logOffset\":3}\u0000",
            })
    void whatIsNoOffsetIsAnErrorThatSaysHowToGoOn(String text) {
        assertThatThrownBy(() -> FilesOffset.parse(text))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_CHECKPOINT_UNREADABLE] The stream's checkpoint holds the offset '")
                .hasMessageEndingWith("which is not a position in files of accessions. Start the stream with another"
                        + " checkpointLocation; it then reads its files from the start.");
    }
}
