package io.github.sparkncbigene.read;

import io.github.sparkncbigene.cache.CacheScope;
import io.github.sparkncbigene.cache.CachedBlock;
import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.fetch.BatchPages;
import io.github.sparkncbigene.fetch.BatchResponses;
import io.github.sparkncbigene.fetch.Deadline;
import io.github.sparkncbigene.fetch.PageFetcher;
import io.github.sparkncbigene.fetch.PageReader;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.metrics.ScanMetrics;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.recovery.Recovery;
import io.github.sparkncbigene.reuse.CacheRecorder;
import io.github.sparkncbigene.reuse.TaskCache;
import io.github.sparkncbigene.rows.BatchRows;
import io.github.sparkncbigene.rows.TaskRows;
import io.github.sparkncbigene.segment.CachedIdentifier;
import io.github.sparkncbigene.service.Retries;
import io.github.sparkncbigene.spec.ReadSpec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the rows of a partition, batch after batch, while the responses to the next batches are under way. */
public final class NcbiGenePartitionReader implements PartitionReader<InternalRow> {
    private static final Logger LOG = LoggerFactory.getLogger(NcbiGenePartitionReader.class);

    /** Options whose values the service may reject. */
    private static final List<Option> MAY_BE_REFUSED = List.of(
            Option.TAXON,
            Option.TAX_SEARCH_SUBTREE,
            Option.QUERY,
            Option.TYPES,
            Option.ACCESSION_FILTER,
            Option.TABLE_FIELDS,
            Option.TABLE_FORMAT,
            Option.RETURNED_CONTENT,
            Option.SORT_FIELD,
            Option.SORT_DIRECTION,
            Option.PAGE_TOKEN);

    /** A waiting batch, and its pages once they are requested. */
    private static final class Waiting {
        private final BatchAttempt attempt;
        private final boolean isSent;
        private RequestFactory requests;
        private BatchResponses responses;
        private BatchPages pages;

        /** @param isSent false for malformed identifiers, whose rows need no request */
        Waiting(BatchAttempt attempt, boolean isSent) {
            this.attempt = attempt;
            this.isSent = isSent;
        }
    }

    private final ReadSpec spec;
    private final RequestFactory plain;
    private final PageFetcher fetcher;
    private final Recovery recovery;
    private final TaskCounters counters;
    private final ReadProgress.Part progress;
    private final Deadline deadline;
    private final int ahead;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final OptionalInt limit;
    private final TaskRows batchRows;
    private final Retries retries;
    private final List<Identifier> toLookUp = new ArrayList<>();
    private final TaskCache cache;
    private final List<BatchResponses> failed = new ArrayList<>();
    private List<IdentifierBatch> planned;
    private BatchAttempt attempt;
    private BatchResponses responses;
    private BatchPages pages;
    private BatchRows rows;
    private Object[] row;
    private long rowsOut;
    private boolean complete;

    public NcbiGenePartitionReader(ReadTask task, TaskResources resources) {
        this.spec = task.spec();
        this.limit = task.limit();
        this.ahead = task.ahead();
        this.planned = task.batches();
        this.counters = resources.counters();
        this.cache = resources.cache();
        boolean onlyIdentifiers = planned.size() > 1 && MAY_BE_REFUSED.stream().noneMatch(spec.options()::has);
        this.recovery = new Recovery(
                onlyIdentifiers ? Recovery.REFUSALS_OF_IDENTIFIERS_IN_VAIN : Recovery.REFUSALS_IN_VAIN, counters);
        this.plain = spec.requests().plain();
        this.batchRows = new TaskRows(spec, recovery, counters, resources.progress()::isFirstNotice);
        this.fetcher = new PageFetcher(
                resources.service(),
                resources.budget(),
                spec.options().integer(Option.MAX_PAGES),
                Math.min(ahead, 1),
                counters);
        this.deadline = Deadline.of(spec.options());
        this.progress = resources
                .progress()
                .begin(
                        planned.isEmpty() ? cache.kind() : planned.get(0).kind(),
                        cache.planned()
                                + planned.stream()
                                        .mapToLong(IdentifierBatch::size)
                                        .sum(),
                        counters);
        this.retries = new Retries(
                spec.options().integer(Option.MAX_RETRIES), spec.options().duration(Option.RETRY_WAIT));
    }

    /** Looks for the batches in the cache. It does so on the first row, because the file system may be slow. */
    private void begin() {
        for (IdentifierBatch batch : cache.missing(planned)) {
            addLast(batch);
        }
        planned = null;
    }

    private void addLast(IdentifierBatch batch) {
        IdentifierBatch sent = batch.wellFormed();
        if (sent.isSent()) {
            waiting.addLast(new Waiting(BatchAttempt.first(sent, retries), true));
        }
        if (sent.size() < batch.size()) {
            waiting.addLast(new Waiting(BatchAttempt.first(batch.malformedOnly(), retries), false));
        }
    }

    @Override
    public boolean next() {
        try {
            return advance();
        } catch (NcbiGeneException e) {
            // Errors may quote reports and tables that repeat the key.
            throw spec.options().redactor().hideIn(e);
        }
    }

    private boolean advance() {
        if (limit.isPresent() && rowsOut >= limit.getAsInt()) {
            complete = true;
            return false;
        }
        if (planned != null) {
            begin();
        }
        while (true) {
            if (rows != null) {
                row = rows.next();
                if (row != null) {
                    rowsOut++;
                    counters.count(Counter.ROWS);
                    return true;
                }
                drain();
                if (pages != null) {
                    pages.abandon();
                }
                addFirst(rows.leftovers());
                toLookUp.addAll(rows.toLookUp());
                int done = attempt.size()
                        - size(rows.leftovers())
                        - rows.toLookUp().size();
                counters.add(Counter.IDENTIFIERS_DONE, done);
                progress.read(done);
                rows = null;
            }
            CachedBlock block = cache.next();
            if (block == null && waiting.isEmpty()) {
                lookUp();
            }
            if (block == null || limit.isEmpty()) {
                requestAhead();
            }
            if (block != null) {
                rows = openCached(block);
                continue;
            }
            Waiting next = waiting.poll();
            if (next == null) {
                cacheFailures();
                cache.tidy();
                complete = true;
                return false;
            }
            rows = open(next);
        }
    }

    @Override
    public InternalRow get() {
        return new GenericInternalRow(row);
    }

    /** Spark calls this every hundred rows, and before it closes the reader. */
    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        return ScanMetrics.of(counters);
    }

    @Override
    public void close() {
        if (rows != null) {
            drain();
            rows = null;
        }
        progress.end(complete);
        fetcher.close();
        cache.close();
    }

    /**
     * Reads a batch to its end after its last needed row, because its response may have arrived: the next read then
     * finds it in the cache.
     */
    private void drain() {
        if (responses == null) {
            return;
        }
        try {
            boolean isWorthIt = responses.isWorthCaching() || cache.of(attempt.batch()) != null;
            if (isWorthIt && !Thread.currentThread().isInterrupted()) {
                rows.drain();
                if (limit.isPresent()) {
                    responses.finish();
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("The batch that was read last is not cached: {}", e.toString());
        } finally {
            responses.release();
        }
        if (responses.hasFailed()) {
            failed.add(responses);
        }
    }

    /** Caches which batches had to be divided or were rejected, because finding that out costs requests too. */
    private void cacheFailures() {
        if (recovery.hasSucceeded()) {
            failed.forEach(BatchResponses::cacheFailure);
        }
        failed.clear();
    }

    private static int size(List<BatchAttempt> attempts) {
        return attempts.stream().mapToInt(BatchAttempt::size).sum();
    }

    private void addFirst(List<BatchAttempt> attempts) {
        for (int i = attempts.size() - 1; i >= 0; i--) {
            waiting.addFirst(new Waiting(attempts.get(i), true));
        }
    }

    /** Requests the identifiers that the tables of all batches lack, in as few requests as possible. */
    private void lookUp() {
        int batchSize = spec.options().integer(Option.BATCH_SIZE);
        for (int from = 0; from < toLookUp.size(); from += batchSize) {
            List<Identifier> some = toLookUp.subList(from, Math.min(from + batchSize, toLookUp.size()));
            IdentifierBatch batch = new IdentifierBatch(
                    some.get(0).kind(), some.stream().map(Identifier::text).toList(), List.of());
            waiting.addLast(new Waiting(BatchAttempt.first(batch, retries).asWholeReports(), true));
        }
        toLookUp.clear();
    }

    /** Requests more than the first batch only once the first response has shown how requests may be reduced. */
    private void requestAhead() {
        boolean uncertain =
                spec.requests().isNarrowed() && !spec.requests().isTable() && !batchRows.isProjectionDecided();
        int most = uncertain || recovery.isInDoubt() ? 1 : 1 + ahead;
        Iterator<Waiting> next = waiting.iterator();
        for (int i = 0; i < most && next.hasNext(); i++) {
            Waiting one = next.next();
            if (one.isSent && one.pages == null && !isNotCached(one)) {
                one.requests = one.attempt.whole() || batchRows.isProjectionRefuted() ? plain : spec.requests();
                one.responses = fetcher.responses(
                        one.attempt.batch(),
                        one.requests,
                        cache.responses(one.attempt.batch()),
                        cache.isRefreshed() || one.attempt.restarts() > 0);
                one.pages = fetcher.pages(one.responses, one.attempt.budgets(), one.attempt.delay());
                one.pages.start();
            }
        }
    }

    /** Returns true if a batch of identifiers has no response, because nothing is fetched. */
    private boolean isNotCached(Waiting one) {
        return cache.isOffline()
                && !one.attempt.batch().isWholeTaxon()
                && CacheScope.of(spec.requests(), one.attempt.batch()).isPresent();
    }

    private BatchRows openCached(CachedBlock block) {
        List<IdentifierBatch> missing = new ArrayList<>();
        Optional<Map<String, CachedIdentifier>> found = cache.read(block, missing);
        missing.forEach(this::addLast);
        if (found.isEmpty()) {
            return null;
        }
        attempt = BatchAttempt.first(block.identifiers(), retries);
        responses = null;
        pages = null;
        return batchRows.cached(attempt, found.get());
    }

    private BatchRows open(Waiting next) {
        attempt = next.attempt;
        responses = next.responses;
        pages = next.pages;
        if (!next.isSent) {
            return batchRows.malformed(attempt.batch());
        }
        if (isNotCached(next)) {
            return batchRows.notCached(attempt.batch());
        }
        return batchRows.fetched(
                attempt,
                next.requests,
                new PageReader(pages, responses, deadline, fetcher::execute, counters),
                new CacheRecorder(cache.of(attempt.batch())));
    }
}
