package io.github.sparkncbigene.testkit.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks tables: columns, headers, rows. */
final class TableChecks {
    private static final List<String> GENE_SUMMARY = List.of(
            "NCBI GeneID",
            "Symbol",
            "Description",
            "Taxonomic Name",
            "Gene Type",
            "Transcripts",
            "Gene Group Identifier",
            "Gene Group Method");
    private static final List<String> ONTOLOGY = List.of(
            "NCBI GeneID",
            "Symbol",
            "Gene Ontology Molecular Function Go ID",
            "Gene Ontology Molecular Function Name",
            "Gene Ontology Biological Process Go ID",
            "Gene Ontology Biological Process Name",
            "Gene Ontology Cellular Component Go ID",
            "Gene Ontology Cellular Component Name");
    private static final List<String> PRODUCT_SUMMARY = List.of(
            "NCBI GeneID",
            "Symbol",
            "Description",
            "Taxonomic Name",
            "Gene Type",
            "Transcript Accession",
            "Transcript Transcript Length",
            "Transcript Protein Accession",
            "Transcript Protein Length");

    private TableChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                                "column-order",
                                Evidence.REPORTED,
                                "The columns of a table come in the order in which `table_fields` names them.",
                                Probe.TABLE)
                        .ifSo("Reads columns by position.")
                        .ifNot("A value that does not fit its column is null, with a warning: use JSON.")
                        .option("wire_format=json")
                        .by(TableChecks::order),
                Check.of(
                                "table-labels",
                                Evidence.RECORDED,
                                "A table starts with a line of NCBI's labels: `Symbol`, `NCBI GeneID`.",
                                Probe.TABLE)
                        .ifSo("Checks the header.")
                        .ifNot("Reads the columns by their position.")
                        .standInSwitch("headerLabels")
                        .by(TableChecks::labels),
                Check.of(
                                "label-go-bp-reference-pmid",
                                Evidence.INFERRED,
                                "The column `go-bp-reference-pmid` is labelled `Gene Ontology Biological Process Reference PMIDs`.",
                                Probe.GENE_LABELS)
                        .ifSo("Checks the header.")
                        .ifNot("Reads the column by its position.")
                        .standInSwitch("headerLabels")
                        .by(replies -> label(
                                replies, Probe.GENE_LABELS, 5, "Gene Ontology Biological Process Reference PMIDs")),
                Check.of(
                                "label-summary-description",
                                Evidence.INFERRED,
                                "The column `summary-description` is labelled `Summary Description`.",
                                Probe.GENE_LABELS)
                        .ifSo("Checks the header.")
                        .ifNot("Reads the column by its position.")
                        .standInSwitch("headerLabels")
                        .by(replies -> label(replies, Probe.GENE_LABELS, 10, "Summary Description")),
                Check.of(
                                "label-transcript-count",
                                Evidence.INFERRED,
                                "The column `transcript-count` is labelled `Transcript Count` in the product report.",
                                Probe.PRODUCT_LABELS)
                        .ifSo("Checks the header.")
                        .ifNot("Reads the column by its position.")
                        .standInSwitch("headerLabels")
                        .by(replies -> label(replies, Probe.PRODUCT_LABELS, 1, "Transcript Count")),
                Check.of(
                                "label-transcript-select-category",
                                Evidence.INFERRED,
                                "The column `transcript-select-category` is labelled `Transcript Select Category` in the product report.",
                                Probe.PRODUCT_LABELS)
                        .ifSo("Checks the header.")
                        .ifNot("Reads the column by its position.")
                        .standInSwitch("headerLabels")
                        .by(replies -> label(replies, Probe.PRODUCT_LABELS, 6, "Transcript Select Category")),
                Check.of(
                                "labels-of-counts",
                                Evidence.RECORDED,
                                "In the gene report, counts are labelled `Transcripts` and `Proteins`.",
                                Probe.GENE_LABELS)
                        .ifSo("Checks the header.")
                        .ifNot("Reads the columns by their position.")
                        .standInSwitch("headerLabels")
                        .by(TableChecks::counts),
                Check.of(
                                "labels-of-gene-ontology",
                                Evidence.REPORTED,
                                "Columns of the Gene Ontology are labelled as in `Gene Ontology Biological Process Go ID`.",
                                Probe.GENE_LABELS)
                        .ifSo("Checks the header.")
                        .ifNot("Reads the columns by their position.")
                        .standInSwitch("headerLabels")
                        .by(TableChecks::ontology),
                Check.of(
                                "label-blanks",
                                Evidence.DOCUMENTED,
                                "The labels `Annotation Genomic Range Accession` and `Transcript Genomic Accession` end in a blank.",
                                Probe.GENE_LABELS,
                                Probe.PRODUCT_LABELS)
                        .ifSo("Compares labels without blanks at their ends.")
                        .ifNot("Compares labels without blanks at their ends.")
                        .standInSwitch("headerBlanks")
                        .by(TableChecks::blanks),
                Check.of(
                                "header-of-later-pages",
                                Evidence.REPORTED,
                                "Only the first page of a table has a header.",
                                Probe.TABLE_PAGE_2)
                        .ifSo("Reads rows from the first line on.")
                        .ifNot("Recognises the header and skips it.")
                        .standInSwitch("headerPages")
                        .by(TableChecks::laterHeader),
                Check.of(
                                "empty-table",
                                Evidence.UNKNOWN,
                                "If nothing is found, a table is its header alone.",
                                Probe.EMPTY_TABLE)
                        .ifSo("Gives rows with the warning `NOT_FOUND`.")
                        .ifNot("An empty body and `{}` mean the same.")
                        .standInSwitch("emptyTable")
                        .by(TableChecks::empty),
                Check.of(
                                "repeated-objects",
                                Evidence.DOCUMENTED,
                                "Two lists in one table multiply: each assembly with each term.",
                                Probe.REPEATED_OBJECTS)
                        .ifSo("Flattens JSON by the same rule.")
                        .ifNot(
                                "Rows of `table_fields` read as JSON differ from NCBI's table: choose one `wire_format`.")
                        .option("wire_format=tsv")
                        .by(TableChecks::product),
                Check.of(
                                "summary-format",
                                Evidence.UNKNOWN,
                                "`table_format` = `summary` has eight columns in the gene report, from GeneID to Gene Group Method.",
                                Probe.SUMMARY_FORMAT)
                        .ifSo("Sends these columns as `table_fields`, not the format.")
                        .ifNot("The columns of the option `table_format` stay these; name others by `table_fields`.")
                        .standInSwitch("headerLabels")
                        .by(replies -> columns(replies, Probe.SUMMARY_FORMAT, GENE_SUMMARY)),
                Check.of(
                                "gene-ontology-format",
                                Evidence.UNKNOWN,
                                "`table_format` = `gene-ontology` has GeneID, symbol, and id and name of the terms of three kinds.",
                                Probe.ONTOLOGY_FORMAT)
                        .ifSo("Sends these columns as `table_fields`, not the format.")
                        .ifNot("The columns of the option `table_format` stay these; name others by `table_fields`.")
                        .standInSwitch("headerLabels")
                        .by(replies -> columns(replies, Probe.ONTOLOGY_FORMAT, ONTOLOGY)),
                Check.of(
                                "product-summary-format",
                                Evidence.UNKNOWN,
                                "`table_format` = `summary` has nine columns in the product report, from GeneID to protein length.",
                                Probe.PRODUCT_SUMMARY_FORMAT)
                        .ifSo("Sends these columns as `table_fields`, not the format.")
                        .ifNot("The columns of the option `table_format` stay these; name others by `table_fields`.")
                        .standInSwitch("headerLabels")
                        .by(replies -> columns(replies, Probe.PRODUCT_SUMMARY_FORMAT, PRODUCT_SUMMARY)),
                Check.of(
                                "accession-filter-table",
                                Evidence.DOCUMENTED,
                                "`accession_filter` leaves the transcripts it names in a table of the product report.",
                                Probe.FILTERED_TABLE)
                        .ifSo("Sends a filter by transcript as `accession_filter`, and reads a row per transcript.")
                        .ifNot("Drops the other rows. Reads the batch again as JSON if the request is rejected.")
                        .standInSwitch("accessionFilterOnTables")
                        .by(TableChecks::filtered),
                Check.of(
                                "accession-filter-json",
                                Evidence.UNKNOWN,
                                "`accession_filter` changes nothing in JSON.",
                                Probe.FILTERED_JSON)
                        .ifSo("Applies the filter to the rows.")
                        .ifNot("Applies the filter to the rows as well: they are the same.")
                        .standInSwitch("accessionFilterOnJson")
                        .by(TableChecks::filteredJson),
                Check.of(
                                "filter-without-match",
                                Evidence.UNKNOWN,
                                "A gene none of whose transcripts the filter names has no row in a table.",
                                Probe.FILTER_WITHOUT_MATCH)
                        .ifSo("The identifier counts as not found.")
                        .ifNot("Drops the row that holds no transcript.")
                        .standInSwitch("rowsWithoutMatch")
                        .by(TableChecks::withoutMatch));
    }

    private static List<String> header(Replies replies, Probe probe) throws Unseen {
        List<List<String>> lines = replies.table(probe);
        return lines.isEmpty() ? List.of() : lines.get(0);
    }

    private static List<String> stripped(List<String> labels) {
        return labels.stream().map(String::strip).toList();
    }

    private static Finding label(Replies replies, Probe probe, int column, String label) throws Unseen {
        List<String> header = header(replies, probe);
        String observed = column < header.size() ? header.get(column).strip() : "no such column";
        return Finding.of(observed.equals(label), observed);
    }

    private static Finding columns(Replies replies, Probe probe, List<String> labels) throws Unseen {
        List<String> header = stripped(header(replies, probe));
        return Finding.of(header.equals(labels), header.toString());
    }

    private static Finding order(Replies replies) throws Unseen {
        List<List<String>> lines = replies.table(Probe.TABLE);
        long rows = lines.stream()
                .filter(cells -> cells.size() == 2 && Reports.isNumber(cells.get(1)) && !Reports.isNumber(cells.get(0)))
                .count();
        return Finding.of(rows == 2, lines.size() > 1 ? lines.get(1).toString() : lines.toString());
    }

    private static Finding labels(Replies replies) throws Unseen {
        return columns(replies, Probe.TABLE, List.of("Symbol", "NCBI GeneID"));
    }

    private static Finding counts(Replies replies) throws Unseen {
        List<String> header = stripped(header(replies, Probe.GENE_LABELS));
        List<String> counts = header.size() < 3 ? header : header.subList(1, 3);
        return Finding.of(counts.equals(List.of("Transcripts", "Proteins")), counts.toString());
    }

    private static Finding ontology(Replies replies) throws Unseen {
        List<String> header = new ArrayList<>(stripped(header(replies, Probe.GENE_LABELS)));
        List<String> labels = new ArrayList<>();
        for (int column : List.of(3, 4, 6, 7, 8, 9)) {
            labels.add(column < header.size() ? header.get(column) : "");
        }
        List<String> expected = List.of(
                "Gene Ontology Biological Process Go ID",
                "Gene Ontology Biological Process Name",
                "Gene Ontology Cellular Component Go ID",
                "Gene Ontology Cellular Component Name",
                "Gene Ontology Molecular Function Go ID",
                "Gene Ontology Molecular Function Name");
        return Finding.of(labels.equals(expected), labels.toString());
    }

    private static Finding blanks(Replies replies) throws Unseen {
        List<String> gene = header(replies, Probe.GENE_LABELS);
        List<String> product = header(replies, Probe.PRODUCT_LABELS);
        boolean both = gene.contains("Annotation Genomic Range Accession ")
                && product.contains("Transcript Genomic Accession ");
        String last = gene.isEmpty() || product.isEmpty()
                ? "no header"
                : "'" + gene.get(gene.size() - 1) + "' and '" + product.get(product.size() - 1) + "'";
        return Finding.of(both, last);
    }

    private static Finding laterHeader(Replies replies) throws Unseen {
        List<String> first = header(replies, Probe.TABLE_PAGE_2);
        boolean row = first.size() == 2 && Reports.isNumber(first.get(1));
        return Finding.of(row, "first line " + first);
    }

    private static Finding empty(Replies replies) throws Unseen {
        Reply reply = replies.ok(Probe.EMPTY_TABLE);
        List<List<String>> lines = reply.table();
        boolean header = lines.size() == 1 && lines.get(0).size() == 2;
        return Finding.of(header, reply.body().isEmpty() ? "an empty body" : Reply.shorten(reply.body()));
    }

    private static Finding product(Replies replies) throws Unseen {
        List<List<String>> lines = replies.table(Probe.REPEATED_OBJECTS);
        Map<String, List<String>> terms = new LinkedHashMap<>();
        for (List<String> cells : lines.subList(Math.min(1, lines.size()), lines.size())) {
            if (cells.size() == 2) {
                terms.computeIfAbsent(cells.get(0), assembly -> new ArrayList<>())
                        .add(cells.get(1));
            }
        }
        boolean multiplied = terms.size() > 1
                && new HashSet<>(terms.values()).size() == 1
                && terms.values().iterator().next().size() > 1;
        return Finding.of(multiplied, terms.size() + " assemblies, " + Math.max(0, lines.size() - 1) + " rows");
    }

    private static Finding filtered(Replies replies) throws Unseen {
        List<String> transcripts = rows(replies, Probe.FILTERED_TABLE).stream()
                .map(cells -> cells.get(1))
                .toList();
        return Finding.of(transcripts.equals(List.of("NM_001126112.3")), transcripts.toString());
    }

    private static Finding filteredJson(Replies replies) throws Unseen {
        JsonNode product = replies.report(Probe.FILTERED_JSON).path("product");
        int transcripts = product.path("transcripts").size();
        return Finding.of(transcripts > 1, transcripts + " transcripts");
    }

    private static Finding withoutMatch(Replies replies) throws Unseen {
        int rows = rows(replies, Probe.FILTER_WITHOUT_MATCH).size();
        return Finding.of(rows == 0, rows == 0 ? "no row" : rows + " rows");
    }

    // Rows start with a GeneID.
    private static List<List<String>> rows(Replies replies, Probe probe) throws Unseen {
        Reply reply = replies.ok(probe);
        List<List<String>> lines = reply.body().isEmpty() ? List.of() : replies.table(probe);
        return lines.stream()
                .filter(cells -> cells.size() == 2 && Reports.isNumber(cells.get(0)))
                .toList();
    }
}
