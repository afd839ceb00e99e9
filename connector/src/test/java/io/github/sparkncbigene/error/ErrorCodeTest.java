package io.github.sparkncbigene.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodeTest {
    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCodeSaysWhatHappenedAndWhatToDo(ErrorCode code) {
        assertThat(code.code()).matches("NCBI_GENE_[A-Z_]+");
        assertThat(code.cause()).matches("(?s)[A-Z].*\\.");
        assertThat(code.remedy()).matches("(?s)[A-Z].*\\.");
    }

    @Test
    void anErrorStartsWithItsCodeAndKeepsItsCause() {
        Exception below = new IllegalStateException("below");
        NcbiGeneException error = new NcbiGeneException(ErrorCode.SERVICE_FAILED, "It failed.", below);

        assertThat(error).hasMessage("[NCBI_GENE_SERVICE_FAILED] It failed.").hasCause(below);
        assertThat(error.code()).isEqualTo(ErrorCode.SERVICE_FAILED);
        assertThat(new NcbiGeneException(ErrorCode.NOT_FOUND, "No.").getCause()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "a\r\n  b", "a \u2028b", "a\u0085\n\tb", "a\u000b\u000c b", "a\u0000b", "a\u001b\r b"})
    void aMessageIsOneLine(String message) {
        assertThat(new NcbiGeneException(ErrorCode.BAD_RESPONSE, message)).hasMessage("[NCBI_GENE_BAD_RESPONSE] a b");
    }

    @Test
    void theCodeIsFoundInWhateverAReadThrew() {
        NcbiGeneException ours = new NcbiGeneException(ErrorCode.NOT_FOUND, "No.");
        Exception ofSpark = new IllegalStateException("Job aborted: X: [NCBI_GENE_NOT_FOUND] No.\n\tat Y", null);

        assertThat(ErrorCode.of(ours)).contains(ErrorCode.NOT_FOUND);
        assertThat(ErrorCode.of(new IllegalStateException("Job aborted", ours))).contains(ErrorCode.NOT_FOUND);
        assertThat(ErrorCode.of(ofSpark)).contains(ErrorCode.NOT_FOUND);
        assertThat(ErrorCode.of(new IllegalStateException((String) null))).isEmpty();
        assertThat(ErrorCode.of(null)).isEmpty();
    }
}
