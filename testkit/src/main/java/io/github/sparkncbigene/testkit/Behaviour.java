package io.github.sparkncbigene.testkit;

/**
 * How the service behaves where NCBI's behaviour is unknown or may change: each switch's default is the likeliest
 * answer, the others are what a client should also survive.
 */
public final class Behaviour extends BehaviourSwitches<Behaviour> {
    /** What the member {@code query} of a report holds. */
    public enum QueryEcho {
        /** The identifiers as requested. */
        AS_REQUESTED,
        /** The identifiers without their versions. */
        WITHOUT_VERSION,
        /** Nothing: there is no such member. */
        OMITTED
    }

    /** What an accession with a version older than the current one finds. */
    public enum SupersededVersion {
        /** The gene, as if the version were the current one. */
        CURRENT_SILENTLY,
        /** The gene, with a warning; {@code query} names the current version. */
        CURRENT_WITH_WARNING,
        /** Nothing. */
        MISSING
    }

    /** What is said of identifiers that find nothing. */
    public enum UnknownIds {
        /** Nothing. */
        SILENT,
        /** A warning in the page's {@code messages}. */
        NAMED,
        /** An element of the page's {@code reports} with {@code query} and {@code warnings}, but no gene. */
        IN_REPORTS
    }

    /** What a line of an NDJSON response is. */
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

    /** What happens to a page size out of range. */
    public enum OversizedPage {
        /** The nearest one allowed is used, the default one for sizes below 1. */
        CLAMP,
        /** Status 400. */
        REJECT
    }

    /** How the members of reports are spelled. */
    public enum KeyCase {
        /** {@code gene_id}. */
        SNAKE,
        /** {@code geneId}. */
        CAMEL
    }

    /** In which order an object's members are written. */
    public enum KeyOrder {
        /** One of the others or a shuffled one, depending on the request. */
        RANDOM,
        /** As recorded. */
        RECORDED,
        /** By name. */
        SORTED
    }

    /** White space of JSON bodies. */
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

    /** Where a tabular report repeats its header. */
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

    /** What a tabular response is when nothing is found. */
    public enum EmptyTable {
        /** The header line. */
        HEADER_ONLY,
        /** No bytes at all. */
        EMPTY
    }

    /** What a request with several selectors finds. */
    public enum SeveralSelectors {
        /** The genes hit by any of them. */
        UNION,
        /** The genes hit by all of them. */
        INTERSECTION,
        /** Status 400. */
        REJECT
    }

    /** What {@code sort.field} does. */
    public enum Sorting {
        /** Sorts by a top-level member or table field of that name; other names get status 400. */
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
