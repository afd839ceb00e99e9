package io.github.sparkncbigene.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.service.Answer;
import io.github.sparkncbigene.service.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BatchPagesTest {
    private final List<String> asked = new ArrayList<>();
    private final Map<String, Consumer<String>> headers = new HashMap<>();

    private final List<String> letGo = new ArrayList<>();
    private final BatchPages pages = new BatchPages(this::ask, 4, 1);

    private AskedPage ask(Optional<String> token, Duration wait, Consumer<String> next) {
        asked.add(token.orElse("first") + (wait.isZero() ? "" : " after " + wait.toMillis()));
        headers.put(token.orElse("first"), next);
        String page = token.orElse("first");
        return new AskedPage() {
            @Override
            public Answer await(long nanos) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void letGo() {
                letGo.add(page);
            }
        };
    }

    private static Answer answer(String token) {
        return new Answer("GET x", Optional.ofNullable(token), Optional.empty(), false, new byte[0], 1);
    }

    private void headersOf(String page, String next) {
        Consumer<String> headersOfPage = headers.get(page);
        assertThat(headersOfPage).as("%s was asked for", page).isNotNull();
        headersOfPage.accept(next);
    }

    @Test
    void nothingIsAskedBeforeItIsStarted() {
        assertThat(asked).isEmpty();
        pages.start();
        pages.start();

        assertThat(asked).containsExactly("first");
        assertThat(pages.isFirst()).isTrue();
    }

    @Test
    void theNextPageIsUnderWayAsSoonAsTheHeadersNameItButOnlyOneAhead() throws ServiceException {
        pages.start();
        headersOf("first", "two");
        assertThat(asked).containsExactly("first", "two");
        headersOf("two", "three");
        assertThat(asked).containsExactly("first", "two");

        assertThat(pages.turn(answer("two"), Optional.empty())).isTrue();
        assertThat(pages.isFirst()).isFalse();
        assertThat(pages.current()).isNotNull();
        assertThat(asked).containsExactly("first", "two", "three");
        assertThat(pages.turn(answer("three"), Optional.empty())).isTrue();
        assertThat(pages.turn(answer(null), Optional.empty())).isFalse();
    }

    @Test
    void whereNothingIsToBeAskedAheadNothingIs() throws ServiceException {
        BatchPages oneByOne = new BatchPages(this::ask, 4, 0);
        oneByOne.start();
        headersOf("first", "two");
        assertThat(asked).containsExactly("first");
        assertThat(oneByOne.token()).isEmpty();

        oneByOne.turn(answer("two"), Optional.empty());
        assertThat(oneByOne.current()).isNotNull();
        assertThat(asked).containsExactly("first", "two");
        assertThat(oneByOne.token()).contains("two");
    }

    @Test
    void theBodysTokenServesWhereTheHeadersHaveNone() throws ServiceException {
        pages.start();

        assertThat(pages.turn(answer(null), Optional.of("two"))).isTrue();
        assertThat(asked).containsExactly("first", "two");
        assertThat(pages.turn(answer("three"), Optional.of("other"))).isTrue();
        assertThat(asked).containsExactly("first", "two", "three");
    }

    @Test
    void aTokenThatWasNamedBeforeIsRefused() throws ServiceException {
        pages.start();
        pages.turn(answer("two"), Optional.empty());

        assertThatThrownBy(() -> pages.turn(answer("two"), Optional.empty()))
                .isInstanceOf(ServiceException.class)
                .satisfies(e -> {
                    ServiceException trouble = (ServiceException) e;
                    assertThat(trouble.kind()).isEqualTo(ServiceException.Kind.REJECTED);
                    assertThat(trouble.error().code()).isEqualTo(ErrorCode.TOKEN_TROUBLE);
                    assertThat(trouble.error()).hasMessageContaining("'two'").hasMessageContaining("GET x");
                });
    }

    @Test
    void aTokenOfTwoPagesBeforeIsRefusedToo() throws ServiceException {
        pages.start();
        pages.turn(answer("two"), Optional.empty());
        pages.turn(answer("three"), Optional.empty());

        assertThatThrownBy(() -> pages.turn(answer("two"), Optional.empty())).isInstanceOf(ServiceException.class);
    }

    @Test
    void morePagesThanAllowedAreFinal() throws ServiceException {
        pages.start();
        pages.turn(answer("2"), Optional.empty());
        pages.turn(answer("3"), Optional.empty());
        pages.turn(answer("4"), Optional.empty());

        assertThatThrownBy(() -> pages.turn(answer("5"), Optional.empty()))
                .isInstanceOf(ServiceException.class)
                .extracting(e -> ((ServiceException) e).kind())
                .isEqualTo(ServiceException.Kind.PERMANENT);
    }

    @Test
    void whatIsAbandonedIsLetGoAndReadNoMore() throws ServiceException {
        pages.start();
        headersOf("first", "two");
        headersOf("two", "three");
        pages.turn(answer("two"), Optional.empty());
        pages.start();
        pages.abandon();

        assertThat(letGo).containsExactlyInAnyOrder("two", "three");
    }

    @Test
    void aPageAskedForAgainWaitsAndTheOneAheadIsNotAskedForTwice() {
        pages.start();
        headersOf("first", "two");
        pages.again(Duration.ofMillis(250));
        assertThat(pages.current()).isNotNull();

        assertThat(asked).containsExactly("first", "two", "first after 250");
        headersOf("first", "two");
        assertThat(asked).hasSize(3);
    }
}
