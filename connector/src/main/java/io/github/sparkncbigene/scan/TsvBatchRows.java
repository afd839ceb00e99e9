package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.decode.TsvRows;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.service.Answer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of a batch that is answered by NCBI's tabular report, as NCBI multiplies them. */
final class TsvBatchRows implements BatchRows {
    private static final Logger LOG = LoggerFactory.getLogger(TsvBatchRows.class);

    private final ReadSpec spec;
    private final PageSource pages;
    private final List<ReportNode> fields;
    private Answer answer;
    private TsvRows rows;
    private boolean finished;

    TsvBatchRows(ReadSpec spec, PageSource pages) {
        this.spec = spec;
        this.pages = pages;
        this.fields = spec.requests().tableFields().stream()
                .map(field -> spec.requests().report().tableField(field).orElseThrow())
                .toList();
    }

    @Override
    public Object[] next() {
        while (!finished) {
            if (rows == null) {
                answer = pages.next();
                rows = PageSource.read(answer, () -> new TsvRows(answer.body(), fields, headerExpected()));
            }
            Object[] row = PageSource.read(answer, rows::next);
            checkRemarks();
            if (row != null) {
                return row;
            }
            rows = null;
            finished = !pages.turn(Optional.empty());
        }
        return null;
    }

    @Override
    public List<IdentifierBatch> leftovers() {
        return List.of();
    }

    private boolean headerExpected() {
        String when = spec.options().find(Option.INCLUDE_TABULAR_HEADER).orElse("FIRST_PAGE_ONLY");
        boolean firstOfAll = pages.isFirst() && !spec.options().has(Option.PAGE_TOKEN);
        return when.endsWith("ALWAYS") || (when.endsWith("FIRST_PAGE_ONLY") && firstOfAll);
    }

    private void checkRemarks() {
        List<String> remarks = rows.remarks();
        if (remarks.isEmpty()) {
            return;
        }
        if (spec.mode() == Mode.FAILFAST) {
            throw new NcbiGeneException(
                    ErrorCode.MALFORMED_VALUE,
                    "In the answer to " + answer.reference() + " " + remarks.get(0)
                            + " with mode PERMISSIVE, and is an error with FAILFAST.");
        }
        LOG.warn("In the answer to {} {}", answer.reference(), remarks.get(0));
        remarks.clear();
    }
}
