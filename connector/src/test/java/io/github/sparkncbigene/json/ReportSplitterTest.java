package io.github.sparkncbigene.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportSplitterTest {
    private static List<String> split(String json) throws IOException {
        return ReportSplitter.split(json.getBytes(StandardCharsets.UTF_8)).stream()
                .map(one -> new String(one, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void reportsOfAPageAreFoundWhereverTheyStand() throws IOException {
        assertThat(
                        split(
                                "{\"total_count\":2, \"messages\":[{\"reports\":[1]}],\n\"reports\" : [ {\"gene\":{\"a\":\"]},\\\"{\"}} ,"
                                        + "{\"query\":[\"x\\\\\"],\"gene\":{\"b\":[[1,-2.5e3],{}]}} ], \"next_page_token\":\"t\"}\n"))
                .containsExactly(
                        "{\"gene\":{\"a\":\"]},\\\"{\"}}", "{\"query\":[\"x\\\\\"],\"gene\":{\"b\":[[1,-2.5e3],{}]}}");
        assertThat(split("\uFEFF{}")).isEmpty();
        assertThat(split("{\"reports\":[]}")).isEmpty();
    }

    @Test
    void objectsThatFollowEachOtherAreReportsThemselves() throws IOException {
        assertThat(split("{\"gene\":{\"gene_id\":\"1\"}}{\"reports\":[{\"product\":{}}]}\n{\"gene_id\":\"2\"}\n{}"))
                .containsExactly(
                        "{\"gene\":{\"gene_id\":\"1\"}}", "{\"product\":{}}", "{\"gene\":{\"gene_id\":\"2\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{\"reports\":[{}", "{\"reports\":[{\"a\":\"", "[1]", "{\"a\" 1}", "{\"reports\":[1 2]}"})
    void whatIsNoJsonIsAnError(String text) {
        assertThatThrownBy(() -> split(text)).isInstanceOf(IOException.class);
    }
}
