package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.cache.ResponseCache;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.service.Budget;
import io.github.sparkncbigene.service.GeneService;
import io.github.sparkncbigene.service.Progress;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.RetryBudget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Fetches pages in background threads. A page waits in the queue until the pages before it were sent, so that no more
 * are under way than the rate allows and the connections hold, and while the memory budget is used up.
 */
public final class PageFetcher implements AutoCloseable {
    /**
     * Largest number of pages about to be sent. More would only wait; fewer would look up cached responses one by one.
     */
    private static final int ABOUT_TO_BE_SENT = 4;

    private final GeneService service;
    private final Budget budget;
    private final TaskCounters counters;
    private final int maxPages;
    private final int ahead;
    private final Deque<Page> queue = new ArrayDeque<>();
    private final Set<Page> open = new HashSet<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "ncbi-gene-fetch");
        thread.setDaemon(true);
        return thread;
    });
    private int aboutToBeSent;
    private boolean closed;

    /**
     * @param ahead largest number of pages of a batch requested before the current one is read
     */
    public PageFetcher(GeneService service, Budget budget, int maxPages, int ahead, TaskCounters counters) {
        this.counters = counters;
        this.service = service;
        this.budget = budget;
        this.maxPages = maxPages;
        this.ahead = ahead;
    }

    /**
     * Creates the responses to a batch, without a request yet.
     *
     * @param cache of responses; null if there is none, or if it works by identifier
     * @param refresh true if the cache is not read
     */
    public BatchResponses responses(
            IdentifierBatch batch, RequestFactory requests, ResponseCache cache, boolean refresh) {
        return new BatchResponses(service, token -> requests.request(batch, token), cache, refresh, counters);
    }

    /**
     * Creates the pages of a batch; nothing is requested until they are started.
     *
     * @param wait delay before the first page is requested
     */
    public BatchPages pages(BatchResponses responses, PageBudgets budgets, Duration wait) {
        return new BatchPages(
                (token, budget, after, nextPageToken) ->
                        execute(new Page(responses, token, budget, nextPageToken), after),
                budgets,
                wait,
                maxPages,
                ahead);
    }

    /** Runs a task at once in a background thread; {@link #close} interrupts it. */
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            queue.clear();
            Set.copyOf(open).forEach(Page::release);
        }
        threads.shutdownNow();
        service.close();
    }

    private PendingPage execute(Page page, Duration wait) {
        if (wait.isZero()) {
            enqueue(page);
        } else {
            CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(() -> enqueue(page));
        }
        return page;
    }

    private synchronized void enqueue(Page page) {
        if (closed || page.isLetGo) {
            return;
        }
        if (page.isNeeded) {
            budget.open();
            start(page);
        } else if (page.token.isPresent()) {
            // Pages of a started batch are fetched before other batches.
            queue.addFirst(page);
        } else {
            queue.addLast(page);
        }
        startWhatMay();
    }

    private synchronized void startWhatMay() {
        while (!closed && aboutToBeSent < ABOUT_TO_BE_SENT && !queue.isEmpty() && budget.tryOpen()) {
            start(queue.poll());
        }
    }

    private void start(Page page) {
        aboutToBeSent++;
        open.add(page);
        threads.execute(page);
    }

    /** A page from its first request until its release. The fetcher's lock guards its state. */
    private final class Page implements PendingPage, Progress, Runnable {
        private final BatchResponses responses;
        private final Optional<String> token;
        private final RetryBudget retries;
        private final Consumer<String> next;
        private final CompletableFuture<Response> response = new CompletableFuture<>();
        private boolean isNeeded;
        private boolean hadItsTurn;
        private boolean isLetGo;
        private int held;

        Page(BatchResponses responses, Optional<String> token, RetryBudget retries, Consumer<String> next) {
            this.retries = retries;
            this.responses = responses;
            this.token = token;
            this.next = next;
        }

        @Override
        public Response await(long nanos) throws ExecutionException, TimeoutException, InterruptedException {
            synchronized (PageFetcher.this) {
                isNeeded = true;
                if (queue.remove(this)) {
                    budget.open();
                    start(this);
                }
            }
            return response.get(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void release() {
            synchronized (PageFetcher.this) {
                isLetGo = true;
                queue.remove(this);
                if (held > 0) {
                    budget.release(held);
                    held = 0;
                    open.remove(this);
                }
                startWhatMay();
            }
        }

        @Override
        public void run() {
            try {
                Response came = responses.execute(token, retries, this);
                hold(came);
                response.complete(came);
            } catch (Throwable e) {
                failed();
                // The reader that waits for the response has to receive any exception.
                response.completeExceptionally(e);
            } finally {
                permitted();
            }
        }

        @Override
        public void permitted() {
            synchronized (PageFetcher.this) {
                if (!hadItsTurn) {
                    hadItsTurn = true;
                    aboutToBeSent--;
                    startWhatMay();
                }
            }
        }

        @Override
        public void nextPageToken(String nextToken) {
            next.accept(nextToken);
        }

        private void hold(Response came) {
            synchronized (PageFetcher.this) {
                held = Math.max(1, came.size());
                budget.received(held);
                if (isLetGo) {
                    release();
                }
            }
        }

        private void failed() {
            synchronized (PageFetcher.this) {
                open.remove(this);
                budget.failed();
                startWhatMay();
            }
        }
    }
}
