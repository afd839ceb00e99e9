package io.github.sparkncbigene.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the fuzzer starts from is read without complaint, whole and cut anywhere. */
class SeedsTest {
    private static final int CUTS = 50;

    @ParameterizedTest
    @EnumSource
    void seedsAreRead(Target target) throws Exception {
        List<byte[]> seeds = Seeds.of(target);
        Set<Integer> contents = new HashSet<>();
        for (byte[] seed : seeds) {
            contents.add(Arrays.hashCode(seed));
            assertThatCode(() -> target.read(seed)).doesNotThrowAnyException();
            for (int cut = 1; cut <= CUTS; cut++) {
                byte[] part = Arrays.copyOf(seed, (int) ((long) seed.length * cut / CUTS));
                assertThatCode(() -> target.read(part)).doesNotThrowAnyException();
            }
        }
        assertThat(contents).hasSize(seeds.size()).hasSizeGreaterThan(3);
    }
}
