package io.github.sparkncbigene.testkit;

/**
 * Switches for behaviour of NCBI's service that is unknown or may change. The default of each switch is the most likely
 * behaviour; a client should also cope with the others.
 */
public final class Behaviour extends BehaviourSwitches<Behaviour> {
    /** Contents of a report's {@code query} member. */
    public enum QueryEcho {
        /** The identifiers as requested. */
        AS_REQUESTED,
        /** The identifiers without their versions. */
        WITHOUT_VERSION,
        /** Symbols in capital letters, and other identifiers as requested. */
        SYMBOLS_IN_CAPITALS,
        /** The member is absent. */
        OMITTED
    }

    /** Response to an accession with an outdated version. */
    public enum SupersededVersion {
        /** The gene, as if the version were the current one. */
        CURRENT_SILENTLY,
        /** The gene, with a warning; {@code query} names the current version. */
        CURRENT_WITH_WARNING,
        /** Nothing. */
        MISSING
    }

    /** Treatment of identifiers that match nothing. */
    public enum UnknownIds {
        /** Nothing. */
        SILENT,
        /** A warning in the page's {@code messages}. */
        NAMED,
        /** An element of the page's {@code reports} with {@code query} and {@code warnings}, but no gene. */
        IN_REPORTS
    }

    /** Contents of one line of an NDJSON response. */
    public enum NdjsonShape {
        /** An element of a page's {@code reports}. */
        MATCH,
        /** A page of one report. */
        PAGE,
        /** The gene or product alone. */
        DESCRIPTOR,
        /** As {@link #MATCH}, without line ends. */
        CONCATENATED
    }

    /** Response to a page size out of range. */
    public enum OversizedPage {
        /** Uses the nearest allowed size, or the default size for values below 1. */
        CLAMP,
        /** Status 400. */
        REJECT
    }

    /** Spelling of member names in reports. */
    public enum KeyCase {
        /** {@code gene_id}. */
        SNAKE,
        /** {@code geneId}. */
        CAMEL
    }

    /** Order of an object's members. */
    public enum KeyOrder {
        /** One of the other orders or a shuffled one, depending on the request. */
        RANDOM,
        /** As recorded. */
        RECORDED,
        /** By name. */
        SORTED
    }

    /** White space in JSON bodies. */
    public enum JsonLayout {
        /** One of the others, depending on the request. */
        RANDOM,
        /** None. */
        COMPACT,
        /** A space after colons and commas. */
        SPACED,
        /** Indented lines. */
        PRETTY
    }

    /** Labels in the header of tabular reports. */
    public enum HeaderLabels {
        /** NCBI's. */
        STANDARD,
        /** Other words, at the same positions. */
        OTHER
    }

    /** Pages of a tabular report that repeat the header. */
    public enum HeaderPages {
        /** On the pages that {@code include_tabular_header} names. */
        AS_REQUESTED,
        /** On every page, unless {@code include_tabular_header} says never. */
        EVERY_PAGE
    }

    /** Blanks at the ends of NCBI's column labels. */
    public enum HeaderBlanks {
        /** Two labels end in a blank, as in NCBI's own description of the reports. */
        AS_DESCRIBED,
        /** No label does. */
        NONE
    }

    /** The effect of {@code accession_filter} in tables. */
    public enum TableFilter {
        /** Keeps the transcripts that it names. */
        APPLIED,
        /** Nothing. */
        IGNORED,
        /** Status 400. */
        REFUSED
    }

    /** The contents of texts in the cells of a table. */
    public enum CellBreaks {
        /** The text in the report. */
        NONE,
        /** A tab instead of their first blank. */
        TAB,
        /** A line feed instead of their first blank. */
        LINE_FEED
    }

    /** Body of a tabular response without results. */
    public enum EmptyTable {
        /** The header line. */
        HEADER_ONLY,
        /** No bytes at all. */
        EMPTY
    }

    /** Response to a request with several selectors. */
    public enum SeveralSelectors {
        /** The genes that any of them matches. */
        UNION,
        /** The genes that all of them match. */
        INTERSECTION,
        /** Status 400. */
        REJECT
    }

    /** Effect of {@code sort.field}. */
    public enum Sorting {
        /** Sorts by the top-level member or table field of that name; returns status 400 for other names. */
        APPLIED,
        /** Nothing. */
        IGNORED,
        /** Status 400. */
        REJECTED
    }

    Behaviour(BehaviourSwitches<?> switches) {
        copyFrom(switches);
    }

    @Override
    Behaviour self() {
        return this;
    }
}
