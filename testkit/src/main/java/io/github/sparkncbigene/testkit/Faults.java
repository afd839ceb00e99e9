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
 * The script of what goes wrong. For each request the rules are asked in the order in which they were given, and the
 * first that applies decides. Without rules nothing goes wrong.
 */
public final class Faults {
    private interface Rule {
        boolean applies(RecordedRequest request);
    }

    private record Scripted(Rule rule, Fault fault) {}

    private final List<Scripted> script = new ArrayList<>();
    private final Set<Runnable> held = new HashSet<>();

    Faults() {}

    /** The next request goes wrong. */
    public Faults next(Fault fault) {
        return next(1, fault);
    }

    /** The next n requests go wrong. */
    public Faults next(int n, Fault fault) {
        return when(request -> true, n, fault);
    }

    /** All requests go wrong. */
    public Faults always(Fault fault) {
        return when(request -> true, fault);
    }

    /** All such requests go wrong. */
    public Faults when(Predicate<RecordedRequest> requests, Fault fault) {
        return when(requests, Integer.MAX_VALUE, fault);
    }

    /** The next n such requests go wrong. */
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

    /** Every n-th request goes wrong, the n-th being the first. */
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

    /** Each request goes wrong with that probability; the same seed gives the same sequence. */
    public Faults withProbability(double probability, long seed, Fault fault) {
        RandomGenerator random = new Random(seed);
        return add(request -> random.nextDouble() < probability, fault);
    }

    /** Requests for more than that many identifiers go wrong. */
    public Faults above(int identifiers, Fault fault) {
        return when(request -> request.ids().size() > identifiers, fault);
    }

    /** Lets all answers that are held back go on. */
    public void release() {
        List<Runnable> released;
        synchronized (this) {
            released = new ArrayList<>(held);
            held.clear();
        }
        released.forEach(Runnable::run);
    }

    /** Forgets the script and lets all answers that are held back go on. */
    public void clear() {
        synchronized (this) {
            script.clear();
        }
        release();
    }

    /** Forgets the script and all answers that are held back. */
    synchronized void forget() {
        script.clear();
        held.clear();
    }

    /** How many answers are held back now. */
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
