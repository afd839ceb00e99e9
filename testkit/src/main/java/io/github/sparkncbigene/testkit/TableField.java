package io.github.sparkncbigene.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * A field of a tabular report.
 *
 * @param path path of its value in the report, with [] after repeated members
 * @param type string, enum, uint64, int or date
 * @param mnemonic NCBI's name of the field
 * @param header NCBI's label of the column
 */
record TableField(String path, String type, String mnemonic, String header) {
    /** Returns the paths of the repeated objects around the value, from the outermost to the innermost. */
    List<String> lists() {
        List<String> lists = new ArrayList<>();
        for (int end = path.indexOf("[]."); end >= 0; end = path.indexOf("[].", end + 1)) {
            lists.add(path.substring(0, end));
        }
        return lists;
    }

    /** Returns the names of the members that lead from the innermost repeated object, or the report, to the value. */
    List<String> members() {
        int start = path.lastIndexOf("[].");
        String rest = start < 0 ? path : path.substring(start + 3);
        return List.of(rest.replace("[]", "").split("\\.", -1));
    }

    boolean isTopLevel() {
        return path.indexOf('.') < 0 && !path.endsWith("[]");
    }
}
