package io.github.sparkncbigene.spec;

import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.service.TooLargeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The warnings of a report, for its rows: a warning that names requested identifiers is on their rows only.
 *
 * @param general warnings on all rows
 * @param addressed warnings by the identifiers that they name
 */
public record RowWarnings(List<NcbiWarning> general, Map<Identifier, List<NcbiWarning>> addressed) {
    /** Identifiers of a report that have the same warnings on their rows. */
    public record Group(List<NcbiWarning> warnings, List<Identifier> identifiers) {}

    /** Most reports have no warning. */
    private static final RowWarnings NONE = new RowWarnings(List.of(), Map.of());

    /**
     * Assigns the warnings of a report to its identifiers.
     *
     * @param most largest number of warnings on all rows together
     */
    public static RowWarnings of(ReportValues report, List<Identifier> hits, BatchMatcher matcher, int most)
            throws TooLargeException {
        if (report.warnings().isEmpty()) {
            return NONE;
        }
        if (report.warnings().stream().noneMatch(NcbiWarning::namesAny)) {
            return new RowWarnings(List.copyOf(report.warnings()), Map.of());
        }
        List<NcbiWarning> general = new ArrayList<>();
        Map<Identifier, List<NcbiWarning>> addressed = new LinkedHashMap<>();
        for (NcbiWarning warning : report.warnings()) {
            Set<Identifier> about = matcher.knownAs(warning.names());
            if (about.isEmpty()) {
                // The warning names nothing, or nothing that was requested.
                general.add(warning);
            }
            about.forEach(identifier -> addressed
                    .computeIfAbsent(identifier, none -> new ArrayList<>())
                    .add(warning));
        }
        if (hits.stream().filter(addressed::containsKey).count() * general.size() > most) {
            throw new TooLargeException(
                    "the warnings of a report in it, on each of its rows, are more than max_report_elements = " + most,
                    "If that is right, raise max_report_elements");
        }
        return new RowWarnings(List.copyOf(general), addressed);
    }

    /** Returns the warnings on an identifier's rows. */
    public List<NcbiWarning> on(Identifier hit) {
        List<NcbiWarning> own = addressed.get(hit);
        return own == null
                ? general
                : Stream.concat(own.stream(), general.stream()).toList();
    }

    /** Returns true if all rows have all warnings of the report. */
    public boolean areOnAllRows() {
        return addressed.isEmpty();
    }

    /** Groups identifiers by their warnings; those that no warning names come first. */
    public List<Group> groups(List<Identifier> hits) {
        List<Group> groups = new ArrayList<>();
        List<Identifier> others =
                hits.stream().filter(hit -> !addressed.containsKey(hit)).toList();
        groups.add(new Group(general, others));
        hits.stream().filter(addressed::containsKey).forEach(hit -> groups.add(new Group(on(hit), List.of(hit))));
        return groups;
    }
}
