package io.github.sparkncbigene.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** NCBI's two reports on genes, each with the registry of its members. */
public enum Report {
    /** A gene: names, places, counts, groups, summary, ontology. */
    GENE,
    /** A gene's transcripts and their proteins. */
    PRODUCT;

    /** The array in the product report whose elements each become a row. */
    public static final String TRANSCRIPTS = "transcripts";

    private final ReportNode root;
    private final Map<String, ReportNode> byMnemonic;

    Report() {
        this.root = read("/io/github/sparkncbigene/report/" + word() + "-fields.tsv");
        Map<String, ReportNode> named = new LinkedHashMap<>();
        collect(root, named);
        this.byMnemonic = Collections.unmodifiableMap(named);
    }

    /** Returns the report with this name, or the report that the view with this name is made of. */
    public static Report named(String word) {
        return View.named(word).map(View::report).orElseGet(() -> valueOf(word.toUpperCase(Locale.ROOT)));
    }

    /** Returns the report's name in options, which is also its member in NCBI's JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the root of the registry: a nameless group with the report's members. */
    public ReportNode root() {
        return root;
    }

    /** Returns the members that become top-level columns, in the registry's order. */
    public List<ReportNode> columns() {
        List<ReportNode> columns = new ArrayList<>();
        collectColumns(root, columns);
        return columns;
    }

    /** Returns the member that becomes the top-level column of this name. */
    public Optional<ReportNode> column(String name) {
        return columns().stream()
                .filter(node -> node.column().orElseThrow().equals(name))
                .findFirst();
    }

    /** Returns the table fields by NCBI's mnemonics, in the registry's order. */
    public Map<String, ReportNode> tableFields() {
        return byMnemonic;
    }

    public Optional<ReportNode> tableField(String mnemonic) {
        return Optional.ofNullable(byMnemonic.get(mnemonic));
    }

    private static void collect(ReportNode node, Map<String, ReportNode> named) {
        node.mnemonic().ifPresent(mnemonic -> named.put(mnemonic, node));
        node.children().forEach(child -> collect(child, named));
    }

    private static void collectColumns(ReportNode node, List<ReportNode> columns) {
        if (node.column().isPresent()) {
            columns.add(node);
        } else {
            node.children().forEach(child -> collectColumns(child, columns));
        }
    }

    private static ReportNode read(String resource) {
        ReportNode root = new ReportNode("", null, false, FieldEntry.ROOT);
        Map<String, ReportNode> byPath = new HashMap<>();
        byPath.put("", root);
        try (InputStream bytes = Report.class.getResourceAsStream(resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> addLine(line, byPath));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return root;
    }

    private static void addLine(String line, Map<String, ReportNode> byPath) {
        String[] cells = line.split("\t", -1);
        String path = cells[0];
        int dot = path.lastIndexOf('.');
        ReportNode parent = byPath.get(path.substring(0, Math.max(dot, 0)));
        boolean repeated = path.endsWith("[]");
        String name = path.substring(dot + 1, path.length() - (repeated ? 2 : 0));
        ReportNode node = new ReportNode(name, parent, repeated, FieldEntry.of(cells));
        parent.add(node);
        byPath.put(path, node);
    }
}
