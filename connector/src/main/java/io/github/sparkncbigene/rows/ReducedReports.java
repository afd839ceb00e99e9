package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.options.ReturnedContent;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.spec.BatchMatcher;

/** Decides for a batch whether the reduced reports that were requested are enough. */
final class ReducedReports {
    private final boolean isReduced;
    private final boolean needsNames;
    private final RowLayout layout;
    private final BatchMatcher matcher;
    private final ProjectionCheck projection;

    ReducedReports(
            RequestFactory requests,
            IdentifierBatch batch,
            RowLayout layout,
            BatchMatcher matcher,
            ProjectionCheck projection) {
        this.isReduced = requests.isNarrowed();
        this.needsNames = requests.narrowed().returnedContent() != ReturnedContent.COMPLETE && !batch.isWholeTaxon();
        this.layout = layout;
        this.matcher = matcher;
        this.projection = projection;
    }

    /**
     * Returns true if the report is complete, or still shows which identifier it belongs to. If it does not, only
     * complete reports do.
     */
    boolean isEnough(ReportValues report) {
        if (!isReduced || report.isEmpty()) {
            return true;
        }
        boolean enough = !needsNames || (layout.geneId(report).isPresent() && matcher.knowsOneOf(report.query()));
        projection.decide(enough);
        return enough;
    }

    /** Returns true if only the total count may have remained of the reduced reports of a page. */
    boolean mayBeLostIn(JsonPages pages) {
        return isReduced && pages.isOnlyCount();
    }

    /** Returns true if the service may have rejected the reduction rather than the identifiers. */
    boolean mayBeRejectedBy(ServiceException failure, boolean firstPage) {
        return isReduced && firstPage && failure.kind() == ServiceException.Kind.REJECTED;
    }

    /** Records that a response was enough, or that complete reports are needed from now on. */
    void decide(boolean enough) {
        projection.decide(enough);
    }
}
