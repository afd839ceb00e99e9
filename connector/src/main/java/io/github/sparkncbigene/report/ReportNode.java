package io.github.sparkncbigene.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A member of NCBI's report, with the members below it: one line of the registry. */
public final class ReportNode {
    private final String name;
    private final ReportNode parent;
    private final boolean repeated;
    private final FieldType type;
    private final String mnemonic;
    private final String header;
    private final String column;
    private final String comment;
    private final List<ReportNode> children = new ArrayList<>();

    ReportNode(
            String name,
            ReportNode parent,
            boolean repeated,
            FieldType type,
            String mnemonic,
            String header,
            String column,
            String comment) {
        this.name = name;
        this.parent = parent;
        this.repeated = repeated;
        this.type = type;
        this.mnemonic = mnemonic;
        this.header = header;
        this.column = column;
        this.comment = comment;
    }

    void add(ReportNode child) {
        children.add(child);
    }

    /** The member's name in NCBI's JSON, snake_case. */
    public String name() {
        return name;
    }

    /** The member that holds this one; null at the root. */
    public ReportNode parent() {
        return parent;
    }

    /** Whether the member is a JSON array. */
    public boolean repeated() {
        return repeated;
    }

    public FieldType type() {
        return type;
    }

    public boolean isGroup() {
        return type == FieldType.GROUP;
    }

    /** Whether the member is an array of objects, which multiplies the rows of a tabular report. */
    public boolean multipliesRows() {
        return repeated && isGroup();
    }

    /** NCBI's name for it as a table field. */
    public Optional<String> mnemonic() {
        return Optional.ofNullable(mnemonic);
    }

    /** NCBI's label for it in a tabular report. */
    public Optional<String> header() {
        return Optional.ofNullable(header);
    }

    /** The name of the top-level column it becomes; empty for members inside a column. */
    public Optional<String> column() {
        return Optional.ofNullable(column);
    }

    /** Shape, unit and meaning, in words. */
    public String comment() {
        return comment;
    }

    /** The members below it, in the registry's order. */
    public List<ReportNode> children() {
        return Collections.unmodifiableList(children);
    }

    public Optional<ReportNode> child(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).findFirst();
    }

    /** The JSON path below the report, {@code []} marking arrays. */
    public String path() {
        String own = name + (repeated ? "[]" : "");
        return parent == null || parent.name.isEmpty() ? own : parent.path() + "." + own;
    }

    @Override
    public String toString() {
        return path();
    }
}
