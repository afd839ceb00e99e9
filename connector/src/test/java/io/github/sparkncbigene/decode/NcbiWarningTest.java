package io.github.sparkncbigene.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NcbiWarningTest {
    private static List<NcbiWarning> read(String json) throws IOException {
        List<NcbiWarning> warnings = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser("[" + json + ",\"after\"]")) {
            parser.nextToken();
            parser.nextToken();
            NcbiWarning.read(parser, warnings, new DecodedSize("it", DecodeLimits.DEFAULT));
            assertThat(parser.nextToken()).as("what follows is still there").isNotNull();
            assertThat(parser.getText()).isEqualTo("after");
        }
        return warnings;
    }

    @Test
    void everyMember() throws IOException {
        assertThat(read("""
                {"gene_warning_code":"ACCESSION_VERSION_MISMATCH","reason":"r","message":"m",
                 "replaced_id":{"requested":"a","other":{"requested":"no"},"returned":"b"},
                 "unrecognized_identifier":"u","invalid_identifiers":["x",null,"y"]}"""))
                .containsExactly(
                        new NcbiWarning("ACCESSION_VERSION_MISMATCH", "r", "m", "a", "b", "u", List.of("x", "y")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gene_warning_code", "gene_error_code", "geneWarningCode", "assembly_error_code"})
    void theCodeOfAnyService(String name) throws IOException {
        assertThat(read("{\"" + name + "\":\"C\"}").get(0).code()).isEqualTo("C");
    }

    @Test
    void camelCase() throws IOException {
        assertThat(read("""
                {"geneWarningCode":"C","replacedId":{"requested":"a"},"unrecognizedIdentifier":"u",
                 "invalidIdentifiers":["x"]}""")).containsExactly(new NcbiWarning("C", null, null, "a", null, "u", List.of("x")));
    }

    @Test
    void oneOrMany() throws IOException {
        assertThat(read("[{\"message\":\"a\"},{\"message\":\"b\"}]"))
                .extracting(NcbiWarning::message)
                .containsExactly("a", "b");
        assertThat(read("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"text\"", "7", "[null,\"x\",3]"})
    void whatIsNoWarningIsPassedOver(String json) throws IOException {
        assertThat(read(json)).isEmpty();
    }

    @Test
    void membersOfOtherTypesAreNull() throws IOException {
        assertThat(read("""
                {"message":{"a":["b"]},"reason":null,"replaced_id":"x","invalid_identifiers":"only","new":[[1]]}""")).containsExactly(new NcbiWarning(null, null, null, null, null, null, List.of("only")));
    }

    @Test
    void whatItIsAbout() {
        NcbiWarning one = new NcbiWarning(null, null, null, "r", "returned", "u", List.of("a", "b"));
        assertThat(one.names()).containsExactly("r", "u", "a", "b");
        assertThat(one.namesAny()).isTrue();
        assertThat(NcbiWarning.refused("NM_1", "m").names()).containsExactly("NM_1");
        NcbiWarning none = NcbiWarning.own("NOT_FOUND", "NM_1");
        assertThat(none.names()).isEmpty();
        assertThat(none.namesAny()).isFalse();
        assertThat(none.words()).isEqualTo("NM_1");
        assertThat(new NcbiWarning("CODE", " ", null, null, null, null, List.of()).words())
                .isEqualTo("CODE");
    }
}
