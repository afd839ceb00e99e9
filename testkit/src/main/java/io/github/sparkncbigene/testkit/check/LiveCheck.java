package io.github.sparkncbigene.testkit.check;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares a gene service with the connector's assumptions about it: at most 40 requests, one per second, without
 * retries. The check stops at the first response with status 429 or 403, and after three requests in a row show that
 * this is not the service.
 */
public final class LiveCheck {
    /** Largest number of requests in a run. */
    public static final int MAX_REQUESTS = 40;

    private static final int GIVE_UP = 3;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final URI base;
    private final Transport transport;
    private final Pace pace;
    private final Replies replies = new Replies();
    private int sent;
    private int hopeless;
    private boolean unanswered = true;
    private boolean foreign = true;
    private boolean failing;
    private Optional<Verdict> end = Optional.empty();
    private String reason = "";

    LiveCheck(URI base, Transport transport, Pace pace) {
        this.base = base;
        this.transport = transport;
        this.pace = pace;
    }

    /**
     * Returns a check of the service at that address that keeps to NCBI's usage policy.
     *
     * @param key API key, empty for none
     */
    public static LiveCheck of(URI base, Optional<String> key) {
        return of(base, key, new Pace(Pace.REAL, Duration.ofSeconds(1)), Duration.ofSeconds(60));
    }

    /** Returns a check without pauses, for a stand-in on this machine. */
    public static LiveCheck ofStandIn(URI base) {
        return of(base, Optional.empty(), new Pace(Pace.REAL, Duration.ZERO), Duration.ofSeconds(20));
    }

    static LiveCheck of(URI base, Optional<String> key, Pace pace, Duration timeout) {
        return new LiveCheck(base, new HttpTransport(base, key, timeout), pace);
    }

    /** Returns all assumptions, in the order of the report. */
    public static List<Assumption> assumptions() {
        return Check.all().stream().map(Check::assumption).toList();
    }

    /** Returns the questions that no source answers, with the assumptions that a check compares for each. */
    public static List<OpenQuestion> openQuestions() {
        return OpenQuestion.all();
    }

    /** Returns the requests in the order in which they are sent; the token of a next page is a placeholder. */
    public static List<CheckRequest> requests() {
        return Arrays.stream(Probe.values()).map(Probe::planned).toList();
    }

    /**
     * Runs the check.
     *
     * @param save directory for recordings, empty for none
     */
    public CheckReport run(Optional<Path> save) throws IOException, InterruptedException {
        long start = pace.nanos();
        for (Probe probe : Probe.values()) {
            if (end.isPresent()) {
                break;
            }
            if (sent == MAX_REQUESTS || pace.nanos() - start > LONGEST.toNanos()) {
                reason = sent + " requests were sent in "
                        + Duration.ofNanos(pace.nanos() - start).toSeconds() + " s; the rest was left out";
                break;
            }
            send(probe);
        }
        if (save.isPresent()) {
            new Recordings(save.get()).write(replies.byProbe());
        }
        Map<Assumption, Finding> findings = new LinkedHashMap<>();
        Check.all().forEach(check -> findings.put(check.assumption(), check.find(replies)));
        return new CheckReport(base.toString(), sent, verdict(findings), reason, findings);
    }

    private void send(Probe probe) throws InterruptedException {
        Optional<String> token = Optional.empty();
        if (probe.previous().isPresent()) {
            token = replies.find(probe.previous().get()).flatMap(Reply::token);
            if (token.isEmpty()) {
                return;
            }
        }
        pace.await();
        sent++;
        try {
            Reply reply = transport.send(probe.request(token));
            unanswered = false;
            replies.add(probe, reply);
            if (reply.status() == 429 || reply.status() == 403) {
                stop(Verdict.STOPPED, probe.id() + ": " + reply.summary());
            } else if (reply.isOfTheService(foreign) || (reply.status() == 200 && !foreign)) {
                foreign = false;
                hopeless = 0;
            } else {
                failing |= reply.isFailure();
                giveUp(probe, reply.summary());
            }
        } catch (IOException e) {
            replies.fail(probe, e.getMessage());
            giveUp(probe, e.getMessage());
        }
    }

    private void giveUp(Probe probe, String what) {
        hopeless++;
        if (hopeless == GIVE_UP) {
            Verdict verdict = unanswered || failing || !foreign ? Verdict.NO_RESPONSE : Verdict.NOT_THE_SERVICE;
            stop(verdict, "The last of " + GIVE_UP + " requests in a row, " + probe.id() + ", got: " + what);
        }
    }

    private void stop(Verdict verdict, String why) {
        end = Optional.of(verdict);
        reason = Finding.printable(why);
    }

    private Verdict verdict(Map<Assumption, Finding> findings) {
        if (end.isPresent()) {
            return end.get();
        }
        List<Outcome> outcomes = new ArrayList<>();
        findings.values().forEach(finding -> outcomes.add(finding.outcome()));
        return outcomes.contains(Outcome.DEVIATES) ? Verdict.DEVIATES : Verdict.AS_EXPECTED;
    }
}
