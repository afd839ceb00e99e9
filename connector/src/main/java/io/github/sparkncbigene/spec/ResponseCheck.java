package io.github.sparkncbigene.spec;

import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.service.WrongResponseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides whether the responses to a batch match it; no other class does. Status 200 alone proves little: a gateway may
 * return an error, the response to another request, or half a response. A response that fails the check is requested
 * again, and neither cached nor taken as "not found". A valid response
 * <ul>
 * <li>contains no error that names nothing requested,
 * <li>is {@code {}}, or has a list of reports, or has messages that name requested identifiers,
 * <li>has a report about a requested identifier, if it has any report,
 * <li>has on all its pages together no fewer reports than the first page counts. A report that was on an earlier page
 *     does not count again: the service may have sent a page twice, in place of another one.
 * </ul>
 *
 * <p>Tables, and reports without names, cannot be checked for the identifiers.
 */
public final class ResponseCheck {
    /** The current page: its position, and the count in its headers. */
    public record Place(boolean isFirst, boolean isLast, OptionalLong totalCount) {}

    private final BatchMatcher matcher;
    private final Optional<String> taxon;
    private final boolean isWholeTaxon;
    private final boolean countsHold;
    private OptionalLong total = OptionalLong.empty();
    private long reportsBefore;
    private int pagesBefore;
    private final Set<Object> namesBefore = new HashSet<>();
    private final Set<Object> names = new HashSet<>();
    private long reports;
    private long repeated;
    private boolean isAboutRequest;
    private String stranger;
    private NcbiWarning error;

    /**
     * @param matcher knows the requested identifiers
     * @param taxon the requested taxon, alone or with symbols
     * @param isWholeTaxon true if only the taxon was requested
     * @param countsHold true if the pages start with NCBI's first one, and nothing drops reports that NCBI counts
     */
    ResponseCheck(BatchMatcher matcher, Optional<String> taxon, boolean isWholeTaxon, boolean countsHold) {
        this.matcher = matcher;
        this.taxon = taxon;
        this.isWholeTaxon = isWholeTaxon;
        this.countsHold = countsHold;
    }

    /** Starts a page, for the first time or again. */
    public void begin() {
        reports = 0;
        repeated = 0;
        names.clear();
        isAboutRequest = false;
        stranger = null;
        error = null;
    }

    /**
     * Records a report with a gene.
     *
     * @param gene its GeneID
     * @param selfNames returns the report's own names
     */
    public void report(ReportValues report, Optional<?> gene, Supplier<List<String>> selfNames) {
        reports++;
        if (countsHold && !isWholeTaxon && gene.isPresent()) {
            // One gene may have a report for each of its identifiers.
            Object name = List.of(gene.get(), List.copyOf(report.query()));
            if (namesBefore.contains(name)) {
                repeated++;
            } else {
                names.add(name);
            }
        }
        if (isAboutRequest) {
            return;
        }
        isAboutRequest = isWholeTaxon
                || report.query().isEmpty()
                || matcher.knowsOneOf(report.query())
                || matcher.knowsOneOf(report.requested())
                || matcher.knowsOneOf(selfNames.get());
        if (!isAboutRequest && stranger == null) {
            stranger = report.query().get(0);
        }
    }

    /** Records an element of the reports without a gene. */
    public void remark(ReportValues remark) {
        reports++;
        boolean names = matcher.knowsOneOf(remark.query());
        isAboutRequest |= names;
        for (NcbiWarning warning : remark.warnings()) {
            isAboutRequest |= names(warning);
        }
        if (!names) {
            remark.errors().forEach(this::error);
        }
    }

    private void error(NcbiWarning one) {
        if (error == null && !names(one)) {
            error = one;
        }
    }

    /** Returns true if the warning names a requested identifier. */
    private boolean names(NcbiWarning warning) {
        List<String> names = warning.names();
        return matcher.knowsOneOf(names) || taxon.filter(names::contains).isPresent();
    }

    /**
     * Checks a page after all its reports were recorded.
     *
     * @throws WrongResponseException if it does not match the request
     */
    public void page(JsonReports response, Place place) throws WrongResponseException {
        response.errors().forEach(this::error);
        if (error != null) {
            throw objection("it holds an error that names nothing that was requested", error.words());
        }
        if (response.oddity().isPresent()) {
            throw objection("it holds " + response.oddity().get(), response.said());
        }
        boolean speaks = response.messages().stream().anyMatch(this::names);
        if (!response.hasReports() && !response.isBlank() && !speaks) {
            throw objection(
                    "it holds no reports",
                    response.messages().stream()
                            .map(NcbiWarning::words)
                            .filter(words -> !words.isEmpty())
                            .findFirst()
                            .orElse(response.said()));
        }
        if (reports > 0 && !isAboutRequest) {
            throw objection(
                    "none of its " + reports + " reports is about anything that was requested"
                            + (stranger == null ? "" : ", the first is about '" + Quoted.of(stranger) + "'"),
                    "");
        }
        OptionalLong count = response.totalCount();
        counted(new Place(place.isFirst(), place.isLast(), count.isPresent() ? count : place.totalCount()));
    }

    /**
     * Checks a page of a table, in which a report has one row or more.
     *
     * @throws WrongResponseException if it does not match the request
     */
    public void table(long rows, Place place) throws WrongResponseException {
        reports = rows;
        counted(place);
    }

    private void counted(Place place) throws WrongResponseException {
        OptionalLong promised = place.isFirst() ? place.totalCount() : total;
        long different = reportsBefore + reports - repeated;
        if (countsHold && place.isLast() && promised.isPresent() && different < promised.getAsLong()) {
            throw new WrongResponseException(
                    (pagesBefore == 0 ? "it holds " : "with the pages before it holds ") + different + " of the "
                            + promised.getAsLong() + " reports that total_count promises",
                    "",
                    pagesBefore > 0);
        }
        total = promised;
        reportsBefore = different;
        namesBefore.addAll(names);
        pagesBefore++;
    }

    private static WrongResponseException objection(String what, String said) {
        return new WrongResponseException(
                what + (said.isEmpty() ? "" : ", and says '" + Quoted.longer(said) + "'"), said, false);
    }
}
