package io.github.sparkncbigene.read;

import static io.github.sparkncbigene.scan.ScriptedGeneService.trouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.IdentifierKind;
import io.github.sparkncbigene.service.Retries;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import io.github.sparkncbigene.tally.Tally;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryTest {
    private final Recovery recovery = new Recovery(Recovery.REFUSALS_IN_VAIN, new Tally());

    private static BatchAttempt work(String... accessions) {
        return BatchAttempt.first(
                new IdentifierBatch(IdentifierKind.ACCESSION, List.of(accessions), List.of()),
                new Retries(3, Duration.ZERO));
    }

    private static ServiceException refused(String message) {
        return new ServiceException(
                Kind.REJECTED,
                new NcbiGeneException(ErrorCode.REQUEST_REFUSED, "GET /gene/accession/a1,b,NM_1: '" + message + "'."),
                message);
    }

    private List<List<String>> replacementFor(BatchAttempt work, ServiceException trouble, boolean firstPage) {
        return recovery.replacementFor(work, trouble, firstPage).orElseThrow().stream()
                .map(part -> {
                    assertThat(part.made()).as("rows that are out already").isSameAs(work.made());
                    return part.batch().identifiers();
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TOO_LARGE", "TIMEOUT"})
    void whatIsTooMuchIsHalvedAndFailsAlone(Kind kind) {
        ServiceException trouble = trouble(kind, ErrorCode.SERVICE_FAILED, "m");

        assertThat(replacementFor(work("a", "b", "c"), trouble, true)).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(replacementFor(work("a", "b"), trouble, false)).containsExactly(List.of("a"), List.of("b"));
        assertThatThrownBy(() -> recovery.replacementFor(work("a"), trouble, true))
                .isSameAs(trouble.error());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TRANSIENT", "PERMANENT"})
    void whatCannotBeHelpedIsAnError(Kind kind) {
        ServiceException trouble = trouble(kind, ErrorCode.SERVICE_FAILED, "m");

        assertThatThrownBy(() -> recovery.replacementFor(work("a", "b"), trouble, true))
                .isSameAs(trouble.error());
    }

    @Test
    void theIdentifiersThatTheMessageNamesAreTakenOut() {
        assertThat(replacementFor(
                        work("NM_1.1", "NM_1.12", "bad", "c"), refused("Invalid argument: 'bad', NM_1.1."), true))
                .containsExactly(List.of("NM_1.12", "c"), List.of("NM_1.1"), List.of("bad"));
    }

    @Test
    void aMessageThatNamesNoneOrAllIsNoHelp() {
        assertThat(replacementFor(work("a1", "b1"), refused("no"), true)).containsExactly(List.of("a1"), List.of("b1"));
        recovery.answered();
        assertThat(replacementFor(work("a1", "b1", "c1", "d1"), refused("no"), true))
                .containsExactly(List.of("a1", "b1"), List.of("c1", "d1"));
        assertThat(replacementFor(work("a1", "b1"), refused("a1 and b1"), true))
                .containsExactly(List.of("a1"), List.of("b1"));
        assertThat(replacementFor(work("NM_1", "NM_2"), refused("NM_10 xNM_1 NM_1.5"), true))
                .as("other identifiers that only hold one of ours")
                .containsExactly(List.of("NM_1"), List.of("NM_2"));
    }

    @Test
    void aRequestThatIsRefusedWhateverItAsksForIsFoundOutInAFewRequests() {
        Deque<BatchAttempt> queue = new ArrayDeque<>();
        queue.add(work(IntStream.range(1000, 2000).mapToObj(i -> "NM_" + i).toArray(String[]::new)));
        AtomicInteger requests = new AtomicInteger();

        assertThatThrownBy(() -> {
                    while (!queue.isEmpty()) {
                        requests.incrementAndGet();
                        List<BatchAttempt> works = recovery.replacementFor(
                                        queue.remove(), refused("'sort.field'"), true)
                                .orElse(List.of());
                        assertThat(recovery.isInDoubt()).isTrue();
                        for (int i = works.size() - 1; i >= 0; i--) {
                            queue.addFirst(works.get(i));
                        }
                    }
                })
                .hasMessageContaining("'sort.field'");
        assertThat(requests).hasValue(6);
    }

    @Test
    void oneAloneTellsThatItIsTheIdentifiers() {
        assertThat(replacementFor(work("a1", "b1", "c1", "d1", "e1"), refused("no"), true))
                .containsExactly(List.of("a1"), List.of("b1", "c1"), List.of("d1", "e1"));
        assertThat(recovery.isInDoubt()).isTrue();
        recovery.answered();
        assertThat(recovery.isInDoubt()).isFalse();
    }

    @Test
    void whatLooksUnlikeTheOthersComesLastAndApart() {
        recovery.answered();

        assertThat(replacementFor(
                        work("AA_1", "NM_000001.1", "NM_000002.10", "NP_000003", "XM_123456789.1", "ZZ_1"),
                        refused("no"),
                        true))
                .containsExactly(
                        List.of("NM_000001.1", "NM_000002.10", "NP_000003", "XM_123456789.1"), List.of("AA_1", "ZZ_1"));
    }

    @Test
    void theOneThatIsTriedFirstLooksRight() {
        assertThat(replacementFor(work("AA_1", "AA_2", "AA_3", "NM_000001.1", "ZZ_1"), refused("no"), true))
                .first()
                .isEqualTo(List.of("NM_000001.1"));
    }

    @Test
    void aSingleIdentifierRefusedIsTakenAsUnknownUntilAllAre() {
        assertThat(recovery.replacementFor(work("a"), refused("m"), true)).isEqualTo(Optional.empty());
        assertThat(recovery.replacementFor(work("b"), refused("m"), true)).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> recovery.replacementFor(work("c"), refused("m"), true))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageContaining("m");
    }

    @Test
    void onceSomethingWasAnsweredEveryRefusalIsTheIdentifiers() {
        recovery.answered();
        for (int i = 0; i < 100; i++) {
            assertThat(recovery.replacementFor(work("a"), refused("m"), true)).isEmpty();
        }
    }

    @Test
    void aPageTokenThatIsRefusedStartsTheBatchAnewAFewTimes() {
        BatchAttempt work = work("a", "b");
        int restarts = 0;
        for (Optional<List<BatchAttempt>> next = recovery.replacementFor(work, refused("expired"), false);
                restarts < 10 && next.isPresent() && next.get().size() == 1;
                next = next(work)) {
            assertThat(next.get().get(0).batch()).isEqualTo(work.batch());
            work = next.get().get(0);
            restarts++;
        }
        assertThat(restarts).isBetween(1, 5);
        BatchAttempt last = work;
        assertThatThrownBy(() -> recovery.replacementFor(last, refused("expired"), false))
                .hasMessageContaining("expired");
    }

    private Optional<List<BatchAttempt>> next(BatchAttempt work) {
        try {
            return recovery.replacementFor(work, refused("expired"), false);
        } catch (NcbiGeneException e) {
            return Optional.empty();
        }
    }

    @Test
    void aTaxonThatIsRefusedIsAnError() {
        BatchAttempt taxon =
                BatchAttempt.first(new IdentifierBatch(null, List.of(), List.of()), new Retries(3, Duration.ZERO));

        assertThatThrownBy(() -> recovery.replacementFor(taxon, refused("no such taxon"), true))
                .hasMessageContaining("no such taxon");
    }
}
