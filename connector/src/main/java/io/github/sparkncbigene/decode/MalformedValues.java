package io.github.sparkncbigene.decode;

import com.fasterxml.jackson.core.JsonParser;
import io.github.sparkncbigene.report.ReportNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Values of one report that are not of their field's type: they read as null, and a warning says so. */
final class MalformedValues {
    private static final int SHOWN = 100;
    /** More remarks on one report would help nobody. */
    private static final int MOST = 1000;

    private final List<String> remarks = new ArrayList<>();

    /** Passes over the value the parser is at, and remarks on it. */
    Object skip(JsonParser json, ReportNode node) throws IOException {
        String shown;
        if (json.currentToken().isScalarValue()) {
            shown = json.getText();
        } else {
            shown = json.currentToken().asString();
            json.skipChildren();
        }
        return remark(node, shown);
    }

    /** Remarks on a value's text; returns the null it reads as. */
    Object remark(ReportNode node, String text) {
        if (remarks.size() >= MOST) {
            return null;
        }
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
        remarks.add(node.path() + " is '" + shown + "', which is no "
                + (node.isGroup() ? "object" : node.type().words()) + "; it reads as null");
        return null;
    }

    List<String> remarks() {
        return remarks;
    }

    void clear() {
        remarks.clear();
    }
}
