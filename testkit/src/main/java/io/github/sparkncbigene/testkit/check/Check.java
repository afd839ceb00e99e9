package io.github.sparkncbigene.testkit.check;

import java.util.ArrayList;
import java.util.List;

/** An assumption, with the rule that checks it. */
record Check(Assumption assumption, Judge judge) {
    /** Examines the responses. */
    interface Judge {
        Finding judge(Replies replies) throws Unseen;
    }

    Finding find(Replies replies) {
        try {
            return judge.judge(replies);
        } catch (Unseen e) {
            return e.finding();
        }
    }

    /** Returns a check that uses these requests. */
    static Builder of(String id, Evidence evidence, String belief, Probe... probes) {
        return new Builder(id, evidence, belief, List.of(probes));
    }

    /** Returns all checks, in the order of the report. */
    static List<Check> all() {
        List<Check> all = new ArrayList<>();
        all.addAll(AnswerChecks.all());
        all.addAll(IdentifierChecks.all());
        all.addAll(SelectorChecks.all());
        all.addAll(PageChecks.all());
        all.addAll(TableChecks.all());
        all.addAll(GatewayChecks.all());
        return List.copyOf(all);
    }

    /** Builds a check. */
    static final class Builder {
        private final String id;
        private final Evidence evidence;
        private final String belief;
        private final List<Probe> probes;
        private String ifSo = "";
        private String ifNot = "";
        private String option = "";
        private String standInSwitch = "";

        private Builder(String id, Evidence evidence, String belief, List<Probe> probes) {
            this.id = id;
            this.evidence = evidence;
            this.belief = belief;
            this.probes = probes;
        }

        Builder ifSo(String text) {
            ifSo = text;
            return this;
        }

        Builder ifNot(String text) {
            ifNot = text;
            return this;
        }

        Builder option(String text) {
            option = text;
            return this;
        }

        Builder standInSwitch(String name) {
            standInSwitch = name;
            return this;
        }

        Check by(Judge judge) {
            return new Check(
                    new Assumption(
                            id,
                            evidence,
                            belief,
                            probes.stream().map(Probe::id).toList(),
                            ifSo,
                            ifNot,
                            option,
                            standInSwitch),
                    judge);
        }
    }
}
