package io.github.sparkncbigene.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.service.TooLargeException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Two list elements and 100 bytes are allowed. */
class DecodedSizeTest {
    private static final DecodeLimits LIMITS = new DecodeLimits(2, 100);

    private final DecodedSize size = new DecodedSize("a report", LIMITS);

    @Test
    void asManyElementsAsTheLimitAreAllowed() throws TooLargeException {
        size.element();
        size.element();

        assertThatThrownBy(size::element)
                .isInstanceOf(TooLargeException.class)
                .hasMessage("a report in it has more than max_report_elements = 2 list elements");
    }

    @Test
    void asManyBytesAsTheLimitAreAllowed() throws TooLargeException {
        size.add(60);
        size.add(40);
        size.check(0);

        assertThat(size.bytes()).isEqualTo(100);
        assertThatThrownBy(() -> size.check(1))
                .isInstanceOf(TooLargeException.class)
                .hasMessage("a report in it has more than max_report_bytes = 100 bytes");
        assertThatThrownBy(() -> size.add(1)).isInstanceOf(TooLargeException.class);
        assertThat(size.bytes()).isEqualTo(100);
    }

    @Test
    void aTextIsAnElementAndItsLength() throws TooLargeException {
        size.text(String.join("", Collections.nCopies(100, "x")));

        assertThat(size.bytes()).isEqualTo(100);
        assertThatThrownBy(() -> size.text("y")).hasMessageContaining("max_report_bytes");
        size.clear();
        size.text("");
        size.text("");
        assertThatThrownBy(() -> size.text("")).hasMessageContaining("max_report_elements");
    }

    @Test
    void anotherObjectCountsWithItsElementsAndItsBytesAndAsOne() throws TooLargeException {
        DecodedSize other = new DecodedSize("a report", LIMITS);
        other.text("four");

        size.add(other);

        assertThat(size.bytes()).isEqualTo(4);
        assertThatThrownBy(size::element).hasMessageContaining("max_report_elements");
    }

    @Test
    void objectsWithoutElementsCountToo() throws TooLargeException {
        DecodedSize empty = new DecodedSize("a report", LIMITS);

        size.add(empty);
        size.add(empty);

        assertThatThrownBy(() -> size.add(empty)).hasMessageContaining("max_report_elements");
    }

    @Test
    void theNextReportStartsAtNothing() throws TooLargeException {
        size.element();
        size.element();
        size.add(100);

        size.clear();

        size.element();
        size.add(100);
        assertThat(size.bytes()).isEqualTo(100);
    }
}
