package io.github.sparkncbigene.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ResponseBody;
import io.github.sparkncbigene.service.ResponseHead;
import io.github.sparkncbigene.service.Retries;
import io.github.sparkncbigene.service.RetryBudget;
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
    private final List<String> requested = new ArrayList<>();
    private final Map<String, Consumer<String>> headers = new HashMap<>();

    private final List<String> release = new ArrayList<>();
    private final PageBudgets budgets = new PageBudgets(new Retries(2, Duration.ofMillis(100)));
    private final BatchPages pages = new BatchPages(this::execute, budgets, Duration.ZERO, 4, 1);

    private PendingPage execute(Optional<String> token, RetryBudget budget, Duration wait, Consumer<String> next) {
        requested.add(token.orElse("first") + (wait.isZero() ? "" : " after " + wait.toMillis()));
        headers.put(token.orElse("first"), next);
        String page = token.orElse("first");
        return new PendingPage() {
            @Override
            public Response await(long nanos) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void release() {
                release.add(page);
            }
        };
    }

    private static Response response(String token) {
        return new Response(
                new ResponseHead("GET x", Optional.ofNullable(token), Optional.empty()),
                new ResponseBody(new byte[0], false, 1));
    }

    private void headersOf(String page, String next) {
        Consumer<String> headersOfPage = headers.get(page);
        assertThat(headersOfPage).as("%s was asked for", page).isNotNull();
        headersOfPage.accept(next);
    }

    @Test
    void nothingIsAskedBeforeItIsStarted() {
        assertThat(requested).isEmpty();
        pages.start();
        pages.start();

        assertThat(requested).containsExactly("first");
        assertThat(pages.isFirst()).isTrue();
    }

    @Test
    void theNextPageIsUnderWayAsSoonAsTheHeadersNameItButOnlyOneAhead() throws ServiceException {
        pages.start();
        headersOf("first", "two");
        assertThat(requested).containsExactly("first", "two");
        headersOf("two", "three");
        assertThat(requested).containsExactly("first", "two");

        assertThat(pages.permit(response("two"), Optional.empty())).isTrue();
        assertThat(pages.isFirst()).isFalse();
        assertThat(pages.current()).isNotNull();
        assertThat(requested).containsExactly("first", "two", "three");
        assertThat(pages.permit(response("three"), Optional.empty())).isTrue();
        assertThat(pages.permit(response(null), Optional.empty())).isFalse();
    }

    @Test
    void whereNothingIsToBeAskedAheadNothingIs() throws ServiceException {
        BatchPages oneByOne = new BatchPages(this::execute, budgets, Duration.ZERO, 4, 0);
        oneByOne.start();
        headersOf("first", "two");
        assertThat(requested).containsExactly("first");
        assertThat(oneByOne.token()).isEmpty();

        oneByOne.permit(response("two"), Optional.empty());
        assertThat(oneByOne.current()).isNotNull();
        assertThat(requested).containsExactly("first", "two");
        assertThat(oneByOne.token()).contains("two");
    }

    @Test
    void theBodysTokenServesWhereTheHeadersHaveNone() throws ServiceException {
        pages.start();

        assertThat(pages.permit(response(null), Optional.of("two"))).isTrue();
        assertThat(requested).containsExactly("first", "two");
        assertThat(pages.permit(response("three"), Optional.of("other"))).isTrue();
        assertThat(requested).containsExactly("first", "two", "three");
    }

    @Test
    void aTokenThatWasNamedBeforeIsRefused() throws ServiceException {
        pages.start();
        pages.permit(response("two"), Optional.empty());

        assertThatThrownBy(() -> pages.permit(response("two"), Optional.empty()))
                .isInstanceOf(ServiceException.class)
                .satisfies(e -> {
                    ServiceException failure = (ServiceException) e;
                    assertThat(failure.kind()).isEqualTo(ServiceException.Kind.REJECTED);
                    assertThat(failure.error().code()).isEqualTo(ErrorCode.TOKEN_TROUBLE);
                    assertThat(failure.error()).hasMessageContaining("'two'").hasMessageContaining("GET x");
                });
    }

    @Test
    void aTokenOfTwoPagesBeforeIsRefusedToo() throws ServiceException {
        pages.start();
        pages.permit(response("two"), Optional.empty());
        pages.permit(response("three"), Optional.empty());

        assertThatThrownBy(() -> pages.permit(response("two"), Optional.empty()))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void morePagesThanAllowedAreFinal() throws ServiceException {
        pages.start();
        pages.permit(response("2"), Optional.empty());
        pages.permit(response("3"), Optional.empty());
        pages.permit(response("4"), Optional.empty());

        assertThatThrownBy(() -> pages.permit(response("5"), Optional.empty()))
                .isInstanceOf(ServiceException.class)
                .extracting(e -> ((ServiceException) e).kind())
                .isEqualTo(ServiceException.Kind.PERMANENT);
    }

    @Test
    void whatIsAbandonedIsLetGoAndReadNoMore() throws ServiceException {
        pages.start();
        headersOf("first", "two");
        headersOf("two", "three");
        pages.permit(response("two"), Optional.empty());
        pages.start();
        pages.abandon();

        assertThat(release).containsExactlyInAnyOrder("two", "three");
    }

    @Test
    void aPageAskedForAgainWaitsAndTheOneAheadIsNotAskedForTwice() {
        pages.start();
        headersOf("first", "two");
        assertThat(pages.again(malformed())).isTrue();
        assertThat(pages.current()).isNotNull();

        assertThat(requested).hasSize(3);
        assertThat(requested.get(2)).matches("first after (7[5-9]|[89]\\d|1[01]\\d|12[0-5])");
        headersOf("first", "two");
        assertThat(requested).hasSize(3);
    }

    @Test
    void aPageIsAskedForAgainAsOftenAsItsBudgetAllows() {
        pages.start();
        assertThat(pages.again(malformed())).isTrue();
        assertThat(pages.again(malformed())).isTrue();

        assertThat(pages.again(malformed())).isFalse();
        assertThat(pages.lastFailure()).map(ServiceException::words).contains("cut");
    }

    @Test
    void aBatchThatIsReadAgainSpendsFromTheSameBudgets() throws ServiceException {
        pages.start();
        headersOf("first", "two");
        assertThat(pages.permit(response("two"), Optional.empty())).isTrue();
        assertThat(pages.again(malformed())).isTrue();
        assertThat(budgets.tryRestart(malformed())).isPresent();

        // The second page has no retry left, though the first has one.
        assertThat(budgets.tryRestart(malformed())).isEmpty();
        assertThat(budgets.of(0).isLeft()).isTrue();
        assertThat(budgets.unspent().tryRestart(malformed())).isPresent();
    }

    private static ServiceException malformed() {
        return new ServiceException(
                ServiceException.Kind.TRANSIENT, NcbiGeneException.of(ErrorCode.BAD_RESPONSE, "cut"));
    }
}
