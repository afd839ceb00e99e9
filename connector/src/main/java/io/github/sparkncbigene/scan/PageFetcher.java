package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.kept.KeptAnswers;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.service.Answer;
import io.github.sparkncbigene.service.GeneService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Asks for pages in threads of its own, and knows how many bytes of answers wait to be read. */
final class PageFetcher implements AutoCloseable {
    private final GeneService service;
    private final KeptAnswers kept;
    private final int maxPages;
    private final int ahead;
    private final AtomicLong held = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "ncbi-gene-fetch");
        thread.setDaemon(true);
        return thread;
    });

    /** @param kept where answers are kept; null where they are not */
    PageFetcher(GeneService service, KeptAnswers kept, int maxPages, int ahead) {
        this.ahead = ahead;
        this.service = service;
        this.kept = kept;
        this.maxPages = maxPages;
    }

    /**
     * The answers to a batch; nothing is asked yet.
     *
     * @param anew whether the service is asked whatever is kept
     */
    BatchAnswers answers(IdentifierBatch batch, RequestFactory requests, boolean anew) {
        return new BatchAnswers(service, token -> requests.request(batch, token), kept, anew);
    }

    /** The pages of a batch; nothing is asked until they are started. */
    BatchPages pages(BatchAnswers answers) {
        return new BatchPages(
                (token, wait, nextPageToken) -> ask(answers, token, wait, nextPageToken), maxPages, ahead);
    }

    /** Bytes of answers that came and were not let go. */
    long heldBytes() {
        return held.get();
    }

    void release(Answer answer) {
        held.addAndGet(-answer.size());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        service.close();
    }

    private CompletableFuture<Answer> ask(
            BatchAnswers answers, Optional<String> token, Duration wait, Consumer<String> nextPageToken) {
        CompletableFuture<Answer> future = new CompletableFuture<>();
        Executor executor = wait.isZero()
                ? threads
                : CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, threads);
        executor.execute(() -> {
            try {
                Answer answer = answers.ask(token, nextPageToken);
                held.addAndGet(answer.size());
                future.complete(answer);
            } catch (Throwable e) {
                // Whatever it is, the reader that waits for the answer has to hear of it.
                future.completeExceptionally(e);
            }
        });
        return future;
    }
}
