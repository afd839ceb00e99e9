package io.github.sparkncbigene.spec;

import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.layout.RowLayout;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the identifiers that each report of a batch belongs to, even if the report does not echo them. */
public final class ReportOwners {
    private final IdentifierBatch batch;
    private final BatchMatcher matcher;
    private final RowLayout layout;
    private final boolean isPartial;
    private final Set<Identifier> inDoubt = new LinkedHashSet<>();
    private boolean nameless;

    /** @param isPartial true if the pages start at a page token, so that the batch cannot be requested in parts */
    public ReportOwners(IdentifierBatch batch, BatchMatcher matcher, RowLayout layout, boolean isPartial) {
        this.batch = batch;
        this.matcher = matcher;
        this.layout = layout;
        this.isPartial = isPartial;
    }

    public BatchMatcher.Hits of(ReportValues report) {
        BatchMatcher.Hits hits =
                report.query().isEmpty() ? named(report) : matcher.hits(report.query(), report.requested());
        if (isPartial) {
            hits = hits.withoutDoubt();
        }
        inDoubt.addAll(hits.inDoubt());
        return hits;
    }

    /**
     * Finds the identifiers of a report without an echo: the report's own names, or the only requested identifier;
     * otherwise they are unknown.
     */
    private BatchMatcher.Hits named(ReportValues report) {
        List<Identifier> single = matcher.single();
        if (!single.isEmpty()) {
            matcher.match(single.get(0));
            return new BatchMatcher.Hits(single);
        }
        if (batch.isOf(IdentifierKind.ACCESSION)) {
            // Reports by accession show only the current versions, and may belong to more accessions than they show.
            nameless = true;
            return new BatchMatcher.Hits(matcher.exactly(layout.selfNames(report), report.requested()));
        }
        BatchMatcher.Hits hits = matcher.hits(layout.selfNames(report), report.requested());
        nameless |= !hits.isRequested();
        return new BatchMatcher.Hits(hits.now(), hits.inDoubt(), List.of());
    }

    /** Returns true if a report may belong to identifiers that it does not show: each has to be requested alone. */
    public boolean hasNameless() {
        return nameless;
    }

    /** Returns true if a report may belong to the identifier, or to another version of it. */
    public boolean isInDoubt(Identifier identifier) {
        return inDoubt.contains(identifier);
    }
}
