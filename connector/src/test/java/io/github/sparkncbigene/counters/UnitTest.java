package io.github.sparkncbigene.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnitTest {
    @Test
    void numbersAreInGroupsOfThree() {
        assertThat(Unit.NUMBER.words(0)).isEqualTo("0");
        assertThat(Unit.NUMBER.words(999)).isEqualTo("999");
        assertThat(Unit.NUMBER.words(1_234_567)).isEqualTo("1,234,567");
    }

    @Test
    void bytesAreInTheLargestBinaryUnit() {
        assertThat(Unit.BYTES.words(0)).isEqualTo("0 B");
        assertThat(Unit.BYTES.words(1023)).isEqualTo("1023 B");
        assertThat(Unit.BYTES.words(1536)).isEqualTo("1.5 KiB");
        assertThat(Unit.BYTES.words(105 * 1024 * 1024)).isEqualTo("105.0 MiB");
        assertThat(Unit.BYTES.words(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    }

    @Test
    void timeIsInTheUnitsOfSparksOwn() {
        assertThat(time(Duration.ZERO)).isEqualTo("0 ms");
        assertThat(time(Duration.ofNanos(400_000))).isEqualTo("0 ms");
        assertThat(time(Duration.ofMillis(999))).isEqualTo("999 ms");
        assertThat(time(Duration.ofMillis(1500))).isEqualTo("1.5 s");
        assertThat(time(Duration.ofSeconds(90))).isEqualTo("1.5 min");
        assertThat(time(Duration.ofMinutes(135))).isEqualTo("2.25 h");
    }

    private static String time(Duration duration) {
        return Unit.NANOSECONDS.words(duration.toNanos());
    }
}
