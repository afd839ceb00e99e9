package io.github.sparkncbigene.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class AccessionFilterTest {
    private static final UTF8String NM = UTF8String.fromString("NM_1.2");
    private static final UTF8String NP = UTF8String.fromString("NP_1.3");

    private static boolean keeps(Object transcript, Object protein, String... accessions) {
        return new AccessionFilter(List.of(accessions)).keeps(transcript, protein);
    }

    @Test
    void noListKeepsAll() {
        assertThat(keeps(NM, NP)).isTrue();
        assertThat(keeps(null, null)).isTrue();
        assertThat(new AccessionFilter(List.of()).keepsAll()).isTrue();
        assertThat(new AccessionFilter(List.of("a")).keepsAll()).isFalse();
    }

    @Test
    void theTranscriptOrItsProteinIsEnough() {
        assertThat(keeps(NM, NP, "NM_1.2")).isTrue();
        assertThat(keeps(NM, NP, "x", "NP_1.3")).isTrue();
        assertThat(keeps(NM, null, "NM_1.2")).isTrue();
        assertThat(keeps(null, NP, "NP_1.3")).isTrue();
        assertThat(keeps(null, null, "NP_1.3")).isFalse();
    }

    @Test
    void withoutAVersionEveryVersionIsKeptAndWithOneOnlyThat() {
        assertThat(keeps(NM, NP, "NM_1")).isTrue();
        assertThat(keeps(NM, NP, "NP_1")).isTrue();
        assertThat(keeps(NM, NP, "NM_1.1")).isFalse();
        assertThat(keeps(UTF8String.fromString("NM_1"), null, "NM_1.1")).isFalse();
        assertThat(keeps(NM, NP, "NM")).isFalse();
        assertThat(keeps(NM, NP, "NM_1.")).isFalse();
    }

    @Test
    void anAccessionListedTwiceIsNoError() {
        assertThat(keeps(NM, NP, "NM_1.2", "NM_1.2")).isTrue();
    }
}
