package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.kept.KeptAnswers;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.Wire;
import io.github.sparkncbigene.service.GeneService;
import io.github.sparkncbigene.service.ServiceTrouble;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of a partition, batch after batch, while the answers to the next ones are on their way. */
final class NcbiGenePartitionReader implements PartitionReader<InternalRow> {
    private static final Logger LOG = LoggerFactory.getLogger(NcbiGenePartitionReader.class);

    /** Work that waits, and its pages if they were asked for already. */
    private record Waiting(Work work, BatchAnswers answers, BatchPages pages) {}

    private final ReadSpec spec;
    private final PageFetcher fetcher;
    private final Recovery recovery = new Recovery();
    private final Deadline deadline;
    private final int maxInFlight;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Waiting open;
    private BatchRows rows;
    private Object[] row;

    /**
     * @param kept where answers are kept; null where they are not
     * @param maxInFlight batches that are asked for before they are read, at most
     */
    NcbiGenePartitionReader(
            ReadSpec spec, List<IdentifierBatch> batches, GeneService service, KeptAnswers kept, int maxInFlight) {
        this.spec = spec;
        this.fetcher =
                new PageFetcher(service, spec.requests(), kept, spec.options().integer(Option.MAX_PAGES));
        this.deadline = Deadline.of(spec.options());
        this.maxInFlight = maxInFlight;
        batches.forEach(batch -> waiting.addLast(waiting(Work.first(batch))));
    }

    @Override
    public boolean next() {
        while (true) {
            if (rows != null) {
                row = rows.next();
                if (row != null) {
                    return true;
                }
                open.answers().letGo();
                addFirst(rows.leftovers());
                rows = null;
            }
            askAhead();
            open = waiting.poll();
            if (open == null) {
                keepUnanswered();
                return false;
            }
            rows = open(open);
        }
    }

    @Override
    public InternalRow get() {
        return new GenericInternalRow(row);
    }

    @Override
    public void close() {
        readOut();
        fetcher.close();
    }

    /** Nobody wants more rows, but the answer that they came from is there: the next read need not ask for it again. */
    private void readOut() {
        if (open == null || rows == null) {
            return;
        }
        try {
            if (open.answers().isWorthKeeping() && !Thread.currentThread().isInterrupted()) {
                rows.readOut();
            }
        } catch (IOException | ServiceTrouble | RuntimeException e) {
            LOG.debug("The batch that was read last is not kept: {}", e.toString());
        } finally {
            open.answers().letGo();
            rows = null;
        }
    }

    /** Also keeps which batches had to be divided, or are refused: that costs requests to find out, too. */
    private void keepUnanswered() {
        for (Recovery.Unanswered one : recovery.unanswered()) {
            fetcher.answers(one.work().batch(), false).keep(one.trouble());
        }
    }

    private Waiting waiting(Work work) {
        BatchAnswers answers = fetcher.answers(work.batch(), work.restarts() > 0);
        return new Waiting(work, answers, fetcher.pages(answers));
    }

    private void addFirst(List<Work> works) {
        for (int i = works.size() - 1; i >= 0; i--) {
            waiting.addFirst(waiting(works.get(i)));
        }
    }

    /** The first one is always asked for; more, as long as what came and waits to be read is not too much. */
    private void askAhead() {
        Iterator<Waiting> next = waiting.iterator();
        for (int i = 0; i < maxInFlight && next.hasNext(); i++) {
            if (i > 0 && fetcher.heldBytes() > spec.options().integer(Option.MAX_HELD_BYTES)) {
                return;
            }
            next.next().pages().start();
        }
    }

    private BatchRows open(Waiting next) {
        PageReader pages = new PageReader(
                next.pages(), next.answers(), fetcher, spec.options().integer(Option.MAX_RETRIES), deadline);
        return spec.requests().wire() == Wire.TSV
                ? new TsvBatchRows(spec, next.work(), pages, recovery)
                : new JsonBatchRows(spec, next.work(), pages, recovery);
    }
}
