package io.github.sparkncbigene.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A member of NCBI's report with its child members: one line of the registry. */
public final class ReportNode {
    private final String name;
    private final ReportNode parent;
    private final boolean repeated;
    private final FieldEntry entry;
    private final List<ReportNode> children = new ArrayList<>();

    ReportNode(String name, ReportNode parent, boolean repeated, FieldEntry entry) {
        this.name = name;
        this.parent = parent;
        this.repeated = repeated;
        this.entry = entry;
    }

    void add(ReportNode child) {
        children.add(child);
    }

    /** Returns the member's name in NCBI's JSON, in snake_case. */
    public String name() {
        return name;
    }

    /** Returns the member that contains this one; null at the root. */
    public ReportNode parent() {
        return parent;
    }

    /** Returns true if the member is a JSON array. */
    public boolean repeated() {
        return repeated;
    }

    public FieldType type() {
        return entry.type();
    }

    public boolean isGroup() {
        return entry.type() == FieldType.GROUP;
    }

    /** Returns true if the member is an array of objects, which multiplies the rows of a tabular report. */
    public boolean multipliesRows() {
        return repeated && isGroup();
    }

    /** Returns NCBI's name for the member as a table field. */
    public Optional<String> mnemonic() {
        return Optional.ofNullable(entry.mnemonic());
    }

    /** Returns NCBI's label for the member in a tabular report. */
    public Optional<String> header() {
        return Optional.ofNullable(entry.header());
    }

    /** Returns the name of the top-level column that the member becomes; empty for members inside a column. */
    public Optional<String> column() {
        return Optional.ofNullable(entry.column());
    }

    /** Returns the description: shape, unit and meaning. */
    public String comment() {
        return entry.comment();
    }

    /** Returns the child members, in the registry's order. */
    public List<ReportNode> children() {
        return Collections.unmodifiableList(children);
    }

    public Optional<ReportNode> child(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).findFirst();
    }

    /** Returns the JSON path below the report, with {@code []} after arrays. */
    public String path() {
        String own = name + (repeated ? "[]" : "");
        return parent == null || parent.name.isEmpty() ? own : parent.path() + "." + own;
    }

    @Override
    public String toString() {
        return path();
    }
}
