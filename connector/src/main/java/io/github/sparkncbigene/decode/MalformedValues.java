package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The values of one report that have the wrong type for their field. They read as null, and a warning reports them. */
public final class MalformedValues {
    private static final int SHOWN = 100;
    /** Largest number of warnings about one report; more would not help anybody. */
    private static final int MOST = 1000;

    private final List<String> remarks = new ArrayList<>();

    /** Skips the current value, and adds a warning about it. */
    public Object skip(Utf8Json json, ReportNode node) throws IOException {
        String shown;
        if (json.currentToken().isScalarValue()) {
            shown = json.getText();
        } else {
            shown = json.currentToken().asString();
            json.skipChildren();
        }
        return remark(node, shown);
    }

    /** Adds a warning about a value's text; returns null, the value that it reads as. */
    Object remark(ReportNode node, String text) {
        if (remarks.size() >= MOST) {
            return null;
        }
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
        remarks.add(
                node.path() + " is '" + shown + "', which is not " + node.type().words() + "; it reads as null");
        return null;
    }

    public List<String> remarks() {
        return remarks;
    }

    void clear() {
        remarks.clear();
    }
}
