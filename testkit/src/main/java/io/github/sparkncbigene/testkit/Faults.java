package io.github.sparkncbigene.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The script of failures. For each request, the first matching rule decides, in the order in which the rules were
 * added. Without rules, no request fails.
 */
public final class Faults {
    private interface Rule {
        boolean applies(RecordedRequest request);
    }

    private record Scripted(Rule rule, Fault fault) {}

    private final List<Scripted> script = new ArrayList<>();
    private final Set<Runnable> held = new HashSet<>();

    Faults() {}

    /** Makes the next request fail. */
    public Faults next(Fault fault) {
        return next(1, fault);
    }

    /** Makes the next n requests fail. */
    public Faults next(int n, Fault fault) {
        return when(request -> true, n, fault);
    }

    /** Makes all requests fail. */
    public Faults always(Fault fault) {
        return when(request -> true, fault);
    }

    /** Makes all matching requests fail. */
    public Faults when(Predicate<RecordedRequest> requests, Fault fault) {
        return when(requests, Integer.MAX_VALUE, fault);
    }

    /** Makes the next n matching requests fail. */
    public Faults when(Predicate<RecordedRequest> requests, int n, Fault fault) {
        return add(
                new Rule() {
                    private int left = n;

                    @Override
                    public boolean applies(RecordedRequest request) {
                        if (left == 0 || !requests.test(request)) {
                            return false;
                        }
                        left -= left == Integer.MAX_VALUE ? 0 : 1;
                        return true;
                    }
                },
                fault);
    }

    /** Makes every n-th request fail; the n-th is the first. */
    public Faults every(int n, Fault fault) {
        if (n < 1) {
            throw new IllegalArgumentException("Every n-th needs an n of at least 1, not " + n);
        }
        return add(
                new Rule() {
                    private int count;

                    @Override
                    public boolean applies(RecordedRequest request) {
                        count++;
                        return count % n == 0;
                    }
                },
                fault);
    }

    /** Makes each request fail with that probability; the same seed gives the same sequence. */
    public Faults withProbability(double probability, long seed, Fault fault) {
        RandomGenerator random = new Random(seed);
        return add(request -> random.nextDouble() < probability, fault);
    }

    /** Makes requests for more than that many identifiers fail. */
    public Faults above(int identifiers, Fault fault) {
        return when(request -> request.ids().size() > identifiers, fault);
    }

    /** Releases all delayed responses. */
    public void release() {
        List<Runnable> released;
        synchronized (this) {
            released = new ArrayList<>(held);
            held.clear();
        }
        released.forEach(Runnable::run);
    }

    /** Removes all rules, and releases all delayed responses. */
    public void clear() {
        synchronized (this) {
            script.clear();
        }
        release();
    }

    /** Removes all rules, and discards all delayed responses. */
    synchronized void forget() {
        script.clear();
        held.clear();
    }

    /** Returns the number of responses that are delayed now. */
    public synchronized int held() {
        return held.size();
    }

    synchronized Optional<Fault> decide(RecordedRequest request) {
        return script.stream()
                .filter(scripted -> scripted.rule().applies(request))
                .findFirst()
                .map(Scripted::fault);
    }

    synchronized void hold(Runnable rest) {
        held.add(rest);
    }

    private synchronized Faults add(Rule rule, Fault fault) {
        script.add(new Scripted(rule, fault));
        return this;
    }
}
