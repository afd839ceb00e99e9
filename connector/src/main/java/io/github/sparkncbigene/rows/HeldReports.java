package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.service.WrongResponseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The reports of a page that were not requested. They become rows only if the rest of the response matches the request.
 */
final class HeldReports {
    /** Largest number of reports on a page. */
    private static final int REPORTS_IN_A_PAGE = 1000;

    /** A report, and NCBI's identifiers for it. */
    record Held(List<Identifier> identifiers, ReportValues report) {}

    private final DecodeLimits limits;
    private final List<Held> held = new ArrayList<>();
    private long bytes;

    HeldReports(DecodeLimits limits) {
        this.limits = limits;
    }

    void add(ReportValues report, List<Identifier> identifiers) throws IOException {
        held.add(new Held(identifiers, report.copy()));
        bytes += report.bytes();
        if (held.size() > REPORTS_IN_A_PAGE || bytes > limits.bytes()) {
            throw new WrongResponseException("more than it can hold is about nothing that was requested", "", false);
        }
    }

    List<Held> all() {
        return held;
    }

    /** Forgets the reports, at the end of a page or before it is requested again. */
    void clear() {
        held.clear();
        bytes = 0;
    }
}
