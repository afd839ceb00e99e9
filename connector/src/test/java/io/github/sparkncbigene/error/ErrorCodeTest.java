package io.github.sparkncbigene.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
        NcbiGeneException error = NcbiGeneException.of(ErrorCode.SERVICE_FAILED, "It failed.", below);

        assertThat(error).hasMessage("[NCBI_GENE_SERVICE_FAILED] It failed.").hasCause(below);
        assertThat(error.code()).isEqualTo(ErrorCode.SERVICE_FAILED);
        assertThat(NcbiGeneException.of(ErrorCode.NOT_FOUND, "No.").getCause()).isNull();
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void anErrorOfTheServiceHasATypeOfItsOwn(ErrorCode code) {
        List<String> ofService = List.of(
                "MALFORMED_VALUE",
                "SERVICE_UNREACHABLE",
                "REQUEST_REFUSED",
                "RATE_LIMITED",
                "RATE_LIMITER_UNREACHABLE",
                "SERVICE_FAILED",
                "BAD_RESPONSE",
                "RESPONSE_TOO_LARGE",
                "QUERY_TIMEOUT",
                "TOKEN_TROUBLE");

        assertThat(code.isOfService()).isEqualTo(ofService.contains(code.name()));
        assertThat(NcbiGeneException.of(code, "No.").getClass())
                .isEqualTo(code.isOfService() ? NcbiGeneServiceException.class : NcbiGeneException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "a\r\n  b", "a \u2028b", "a\u0085\n\tb", "a\u000b\u000c b", "a\u0000b", "a\u001b\r b"})
    void aMessageIsOneLine(String message) {
        assertThat(NcbiGeneException.of(ErrorCode.BAD_RESPONSE, message)).hasMessage("[NCBI_GENE_BAD_RESPONSE] a b");
    }

    @Test
    void theCodeIsFoundInWhateverAReadThrew() {
        NcbiGeneException ours = NcbiGeneException.of(ErrorCode.NOT_FOUND, "No.");
        Exception ofSpark = new IllegalStateException("Job aborted: X: [NCBI_GENE_NOT_FOUND] No.\n\tat Y", null);

        assertThat(ErrorCode.of(ours)).contains(ErrorCode.NOT_FOUND);
        assertThat(ErrorCode.of(new IllegalStateException("Job aborted", ours))).contains(ErrorCode.NOT_FOUND);
        assertThat(ErrorCode.of(ofSpark)).contains(ErrorCode.NOT_FOUND);
        assertThat(ErrorCode.of(new IllegalStateException((String) null))).isEmpty();
        assertThat(ErrorCode.of(null)).isEmpty();
    }
}
