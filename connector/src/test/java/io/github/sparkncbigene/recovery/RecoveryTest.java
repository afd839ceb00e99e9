package io.github.sparkncbigene.recovery;

import static io.github.sparkncbigene.scan.ScriptedGeneService.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.service.Retries;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
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
    private final Recovery recovery = new Recovery(Recovery.REFUSALS_IN_VAIN, new TaskCounters());

    private static BatchAttempt work(String... accessions) {
        return BatchAttempt.first(
                new IdentifierBatch(IdentifierKind.ACCESSION, List.of(accessions), List.of()),
                new Retries(3, Duration.ZERO));
    }

    private static ServiceException refused(String message) {
        return new ServiceException(
                Kind.REJECTED,
                NcbiGeneException.of(ErrorCode.REQUEST_REFUSED, "GET /gene/accession/a1,b,NM_1: '" + message + "'."),
                message);
    }

    private List<List<String>> replacementFor(BatchAttempt work, ServiceException failure, boolean firstPage) {
        return recovery.replacementFor(work, failure, firstPage).orElseThrow().stream()
                .map(part -> identifiers(work, part))
                .toList();
    }

    private static List<String> identifiers(BatchAttempt work, BatchAttempt part) {
        assertThat(part.emitted()).as("rows that are out already").isSameAs(work.emitted());
        return part.batch().identifiers();
    }

    private BatchAttempt only(BatchAttempt work, ServiceException failure) {
        List<BatchAttempt> parts = recovery.replacementFor(work, failure, true).orElseThrow();
        assertThat(parts).hasSize(1);
        return parts.get(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TOO_LARGE", "TIMEOUT"})
    void whatIsTooMuchIsHalvedAndFailsAlone(Kind kind) {
        ServiceException failure = failure(kind, ErrorCode.SERVICE_FAILED, "m");

        assertThat(replacementFor(work("a", "b", "c"), failure, true)).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(replacementFor(work("a", "b"), failure, false)).containsExactly(List.of("a"), List.of("b"));
        assertThatThrownBy(() -> recovery.replacementFor(work("a"), failure, true))
                .isSameAs(failure.error());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TRANSIENT", "PERMANENT"})
    void whatCannotBeHelpedIsAnError(Kind kind) {
        ServiceException failure = failure(kind, ErrorCode.SERVICE_FAILED, "m");

        assertThatThrownBy(() -> recovery.replacementFor(work("a", "b"), failure, true))
                .isSameAs(failure.error());
    }

    @Test
    void theIdentifiersThatTheMessageNamesAreTakenOut() {
        assertThat(replacementFor(
                        work("NM_1.1", "NM_1.12", "bad", "c"), refused("Invalid argument: 'bad', NM_1.1."), true))
                .containsExactly(List.of("NM_1.12", "c"), List.of("NM_1.1"), List.of("bad"));
    }

    @Test
    void aMessageThatNamesNoneOrAllIsNoHelp() {
        assertThat(replacementFor(work("a1", "b1"), refused("no"), true)).containsExactly(List.of("a1"));
        recovery.succeeded();
        assertThat(replacementFor(work("a1", "b1", "c1", "d1"), refused("no"), true))
                .containsExactly(List.of("a1", "b1"));
        assertThat(replacementFor(work("a1", "b1"), refused("a1 and b1"), true)).containsExactly(List.of("a1"));
        assertThat(replacementFor(work("NM_1", "NM_2"), refused("NM_10 xNM_1 NM_1.5"), true))
                .as("other identifiers that only hold one of ours")
                .containsExactly(List.of("NM_1"));
    }

    @Test
    void theSecondHalfOfWhatWasRefusedIsNotRequestedAsAWholeOnceTheFirstIsAnswered() {
        recovery.succeeded();
        BatchAttempt firstHalf = only(work("a1", "a2", "a3", "a4"), refused("no"));
        assertThat(firstHalf.batch().identifiers()).containsExactly("a1", "a2");
        assertThat(firstHalf.size()).isEqualTo(4);

        List<BatchAttempt> next = recovery.afterSuccess(firstHalf, List.of(work("z")));

        assertThat(next).extracting(part -> part.batch().identifiers()).containsExactly(List.of("z"), List.of("a3"));
        assertThat(next.get(1).size()).isEqualTo(2);
        assertThat(recovery.replacementFor(next.get(1), refused("no"), true)).isEmpty();
        assertThat(recovery.afterRefusal(next.get(1)))
                .extracting(part -> part.batch().identifiers())
                .as("one may be refused, or both")
                .containsExactly(List.of("a4"));
    }

    @Test
    void aSearchGoesOnPastAPartThatIsTooMuchOrNamesWhatIsRefused() {
        recovery.succeeded();
        BatchAttempt firstHalf = only(work("a1", "a2", "a3", "a4", "a5", "a6"), refused("no"));

        assertThat(replacementFor(firstHalf, failure(Kind.TIMEOUT, ErrorCode.SERVICE_FAILED, "m"), true))
                .containsExactly(List.of("a1"), List.of("a2", "a3"), List.of("a4"));
        List<BatchAttempt> parts =
                recovery.replacementFor(firstHalf, refused("not a2"), true).orElseThrow();
        assertThat(parts)
                .extracting(part -> part.batch().identifiers())
                .containsExactly(List.of("a1", "a3"), List.of("a2"));
        assertThat(recovery.afterSuccess(parts.get(0), List.of()))
                .extracting(part -> part.batch().identifiers())
                .as("of the other half nothing is known")
                .containsExactly(List.of("a4", "a5", "a6"));
    }

    @Test
    void locusTagsBesideAccessionsStayWhatTheyAre() {
        recovery.succeeded();
        BatchAttempt both = BatchAttempt.first(
                new IdentifierBatch(IdentifierKind.ACCESSION, List.of("NM_000001.1"), List.of("b0001")),
                new Retries(3, Duration.ZERO));

        BatchAttempt accession = only(both, refused("no"));
        BatchAttempt tag = recovery.afterSuccess(accession, List.of()).get(0);

        assertThat(accession.batch().kind()).contains(IdentifierKind.ACCESSION);
        assertThat(tag.batch()).isEqualTo(new IdentifierBatch(IdentifierKind.LOCUS_TAG, List.of("b0001"), List.of()));
    }

    @Test
    void aRequestThatIsRefusedWhateverItAsksForIsFoundOutInAFewRequests() {
        Deque<BatchAttempt> queue = new ArrayDeque<>();
        queue.add(work(IntStream.range(1000, 2000).mapToObj(i -> "NM_" + i).toArray(String[]::new)));
        AtomicInteger requests = new AtomicInteger();

        assertThatThrownBy(() -> {
                    while (!queue.isEmpty()) {
                        requests.incrementAndGet();
                        BatchAttempt work = queue.remove();
                        List<BatchAttempt> works = recovery.replacementFor(work, refused("'sort.field'"), true)
                                .orElseGet(() -> recovery.afterRefusal(work));
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
                .containsExactly(List.of("a1"));
        assertThat(recovery.isInDoubt()).isTrue();
        recovery.succeeded();
        assertThat(recovery.isInDoubt()).isFalse();
    }

    @Test
    void whatLooksUnlikeTheOthersComesLastAndApart() {
        recovery.succeeded();

        BatchAttempt alike =
                only(work("AA_1", "NM_000001.1", "NM_000002.10", "NP_000003", "XM_123456789.1", "ZZ_1"), refused("no"));

        assertThat(alike.batch().identifiers())
                .containsExactly("NM_000001.1", "NM_000002.10", "NP_000003", "XM_123456789.1");
        assertThat(recovery.afterSuccess(alike, List.of()))
                .extracting(part -> part.batch().identifiers())
                .containsExactly(List.of("AA_1"));
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
        recovery.succeeded();
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
        BatchAttempt taxon = BatchAttempt.first(IdentifierBatch.wholeTaxon(), new Retries(3, Duration.ZERO));

        assertThatThrownBy(() -> recovery.replacementFor(taxon, refused("no such taxon"), true))
                .hasMessageContaining("no such taxon");
    }
}
