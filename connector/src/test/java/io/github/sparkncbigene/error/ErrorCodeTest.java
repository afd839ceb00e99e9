package io.github.sparkncbigene.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
}
