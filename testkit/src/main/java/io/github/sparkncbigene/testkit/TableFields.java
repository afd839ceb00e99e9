package io.github.sparkncbigene.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The fields of a tabular report, by mnemonic. */
final class TableFields {
    private static final TableFields GENE = new TableFields("gene-fields.tsv");
    private static final TableFields PRODUCT = new TableFields("product-fields.tsv");

    // NCBI documents the names of these sets but not their columns; the summary's are those of a recorded table.
    private static final List<String> GENE_SUMMARY = List.of(
            "gene-id",
            "symbol",
            "description",
            "tax-name",
            "gene-type",
            "transcript-count",
            "group-id",
            "group-method");
    private static final List<String> GENE_ONTOLOGY =
            List.of("gene-id", "symbol", "go-mf-id", "go-mf-name", "go-bp-id", "go-bp-name", "go-cc-id", "go-cc-name");
    private static final List<String> PRODUCT_SUMMARY = List.of(
            "gene-id",
            "symbol",
            "description",
            "tax-name",
            "gene-type",
            "transcript-accession",
            "transcript-length",
            "transcript-protein-accession",
            "transcript-protein-length");

    private final Map<String, TableField> byMnemonic = new LinkedHashMap<>();
    private final Map<String, TableField> byPath = new LinkedHashMap<>();

    private TableFields(String resource) {
        try (InputStream in = TableFields.class.getResourceAsStream(resource);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(in, resource), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    add(line.split("\t", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TableFields of(Report report) {
        return report == Report.GENE ? GENE : PRODUCT;
    }

    /** Returns the columns that a request selects. */
    static List<TableField> columns(GeneRequest request) {
        TableFields fields = of(request.report());
        List<String> mnemonics = request.tableFields();
        if (mnemonics.isEmpty()) {
            mnemonics = fields.format(request);
        }
        return fields.columns(mnemonics);
    }

    List<TableField> columns(List<String> mnemonics) {
        List<TableField> columns = new ArrayList<>();
        for (String mnemonic : mnemonics) {
            TableField field = byMnemonic.get(mnemonic);
            if (field == null) {
                throw InvalidRequest.argument("invalid table field: \"" + mnemonic + "\"");
            }
            columns.add(field);
        }
        return columns;
    }

    /** Returns the paths of all values of a report. */
    Set<String> paths() {
        return byPath.keySet();
    }

    /** Returns all mnemonics in alphabetical order. */
    List<String> mnemonics() {
        return byMnemonic.keySet().stream().sorted().toList();
    }

    /** Returns the field with that mnemonic or JSON name, if it is a single value of the report itself. */
    Optional<TableField> scalar(String name) {
        return Optional.ofNullable(byMnemonic.getOrDefault(name, byPath.get(name)))
                .filter(TableField::isTopLevel);
    }

    private List<String> format(GeneRequest request) {
        boolean gene = request.report() == Report.GENE;
        return switch (request.tableFormat()) {
            // A gene report with all columns would have thousands of rows per gene, so its default is the summary.
            case "" -> gene ? GENE_SUMMARY : mnemonics();
            case "summary" -> gene ? GENE_SUMMARY : PRODUCT_SUMMARY;
            case "gene-ontology" -> {
                if (!gene) {
                    throw InvalidRequest.argument("table format \"gene-ontology\" is for gene reports only");
                }
                yield GENE_ONTOLOGY;
            }
            default -> throw InvalidRequest.argument("invalid table format: \"" + request.tableFormat() + "\"");
        };
    }

    private void add(String[] cells) {
        TableField field = new TableField(cells[0], cells[1], cells[2], cells[3]);
        if (field.type().equals("group")) {
            return;
        }
        byPath.put(field.path(), field);
        if (!field.mnemonic().equals("-")) {
            byMnemonic.put(field.mnemonic(), field);
        }
    }
}
