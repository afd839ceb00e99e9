package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * Converts a report to rows as NCBI does. Each repeated object that a column uses gets a cursor, in the order in which
 * the columns use the objects. The rows are all combinations of the cursors; the last cursor changes fastest.
 */
final class Flattener {
    // Like 0 and "", an enum's first value is omitted by protobuf.
    private static final Set<String> FIRST_VALUES =
            Set.of("UNKNOWN", "none", "rna_UNKNOWN", "SELECT_UNKNOWN", "Unknown");

    /** A repeated object: the cursor of the object around it (-1 for the report) and the members that lead to it. */
    private record Cursor(int parent, List<String> members) {}

    /** A column: the cursor around its value (-1 for the report) and the members that lead to the value. */
    private record Column(int cursor, List<String> members, String type) {}

    private final List<Cursor> cursors = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    Flattener(List<TableField> fields) {
        Map<String, Integer> opened = new LinkedHashMap<>();
        for (TableField field : fields) {
            int cursor = -1;
            int start = 0;
            for (String list : field.lists()) {
                int parent = cursor;
                String members = list.substring(start);
                cursor = opened.computeIfAbsent(list, path -> {
                    cursors.add(new Cursor(parent, List.of(members.split("\\.", -1))));
                    return cursors.size() - 1;
                });
                start = list.length() + "[].".length();
            }
            columns.add(new Column(cursor, field.members(), field.type()));
        }
    }

    /** Passes the report's rows, at least one, to the consumer. The array is reused. */
    void rows(JsonNode report, Consumer<String[]> rows) {
        JsonNode[] current = new JsonNode[cursors.size()];
        turn(report, 0, current, new String[columns.size()], rows);
    }

    private void turn(JsonNode report, int cursor, JsonNode[] current, String[] row, Consumer<String[]> rows) {
        if (cursor == cursors.size()) {
            for (int c = 0; c < row.length; c++) {
                Column column = columns.get(c);
                JsonNode object = column.cursor() < 0 ? report : current[column.cursor()];
                row[c] = cell(descend(object, column.members()), column.type());
            }
            rows.accept(row);
            return;
        }
        Cursor opened = cursors.get(cursor);
        JsonNode list = descend(opened.parent() < 0 ? report : current[opened.parent()], opened.members());
        if (list.isEmpty()) {
            current[cursor] = MissingNode.getInstance();
            turn(report, cursor + 1, current, row, rows);
            return;
        }
        for (JsonNode element : list) {
            current[cursor] = element;
            turn(report, cursor + 1, current, row, rows);
        }
    }

    private static JsonNode descend(JsonNode node, List<String> members) {
        JsonNode value = node;
        for (String member : members) {
            value = value.path(member);
        }
        return value;
    }

    private static String cell(JsonNode value, String type) {
        if (value.isArray()) {
            StringJoiner joined = new StringJoiner(",");
            value.forEach(element -> joined.add(element.asText()));
            return joined.toString();
        }
        String text = value.isMissingNode() || value.isNull() ? "" : value.asText();
        boolean unset =
                switch (type) {
                    case "enum" -> FIRST_VALUES.contains(text);
                    case "int", "uint64" -> text.equals("0");
                    default -> false;
                };
        return unset ? "" : text;
    }
}
