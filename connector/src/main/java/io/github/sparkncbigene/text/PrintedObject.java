package io.github.sparkncbigene.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises the printed form of an object of Python, R, Scala or Java in place of a list. PySpark converts every
 * option to text, and the printed form of a Series or an array shows only some of its entries.
 */
final class PrintedObject {
    /** Number of characters that are examined at either end of a text. */
    private static final int LOOK = 400;

    /**
     * One kind of object.
     *
     * @param what the object's name in the error
     * @param remedy what to pass instead
     */
    record Kind(String what, String remedy) {}

    private record Rule(Pattern sign, Kind kind) {}

    private static final Kind SERIES = new Kind("a pandas Series", "Pass list(series)");
    private static final Kind ARRAY = new Kind("a shortened array", "Pass list(array), or array.tolist()");
    private static final Kind SCALARS = new Kind("a list of NumPy values", "Pass array.tolist()");
    private static final Kind FRAME = new Kind("a pandas DataFrame", "Pass list(frame[\"column\"])");
    private static final Kind INDEX = new Kind("a pandas Index or array", "Pass list(index)");
    private static final Kind COLUMN = new Kind(
            "a column of a Spark DataFrame",
            "Pass [row[0] for row in df.select(\"column\").distinct().collect()], or join by the column");
    private static final Kind DATA_FRAME = new Kind(
            "a Spark DataFrame", "Pass [row[0] for row in df.select(\"column\").distinct().collect()], or join it");
    private static final Kind ROWS = new Kind("a list of Rows", "Pass [row[0] for row in rows]");
    private static final Kind BYTES = new Kind("a list of bytes", "Pass [entry.decode() for entry in entries]");
    private static final Kind OBJECT = new Kind("an object", "Pass list(object)");
    private static final Kind DICT = new Kind("a dict", "Pass list(dict), or list(dict.values())");
    private static final Kind COLLECTION = new Kind("a collection", "Pass its mkString(\",\")");
    private static final Kind JAVA = new Kind("a Java array", "Pass String.join(\",\", array)");
    private static final Kind POLARS = new Kind("a Polars object", "Pass series.to_list()");

    /** Beginnings of printed objects, after white space and opening brackets. */
    private static final List<Rule> STARTS = List.of(
            rule("Column<", COLUMN),
            rule("DataFrame\\[", DATA_FRAME),
            rule("(<Row\\(|Row\\()", ROWS),
            rule("(np|numpy)\\.\\w+\\(", SCALARS),
            rule("array\\(", ARRAY),
            rule("(\\w*Index|Categorical)\\(", INDEX),
            rule("b['\"]", BYTES),
            rule("dict_\\w+\\(|OrderedDict\\(|defaultdict\\(|Counter\\(", DICT),
            rule("(deque|range|Series|Timestamp)\\(", OBJECT),
            rule("<(?!NA>)(?=[A-Za-z_.]+[\\s>:])", OBJECT),
            rule("shape: \\(", POLARS),
            rule(
                    "(List|Vector|Array|ArrayBuffer|ArraySeq|WrappedArray|Buffer|ListBuffer|Seq|Stream|LazyList|Set"
                            + "|HashSet|Some)\\(",
                    COLLECTION));

    private static final List<Rule> ENDS = List.of(
            rule("(?s).*\\bdtype: ?[\\w\\[\\], .<>'-]+$", SERIES),
            rule("(?s).*\\bCategories \\(\\d+.*", SERIES),
            rule("(?s).*\\bdtype=[^)]*\\)+\\]?$", INDEX),
            rule("(?s).*\\[\\d+ rows x \\d+ columns\\]$", FRAME));

    /** A line of column names, then a line that starts with its number. */
    private static final Pattern NUMBERED_LINES =
            Pattern.compile("[A-Za-z_][^\\n]*\\r?\\n\\d+[ \\t]{2,}\\S.*", Pattern.DOTALL);

    private static final Pattern JAVA_ARRAY = Pattern.compile("\\[L[\\w.]+;@");

    private static final Pattern MISSING_FIRST = Pattern.compile("^((None|nan|NaT|<NA>|null)[,\\s]+)+");

    private PrintedObject() {}

    private static Rule rule(String sign, Kind kind) {
        return new Rule(Pattern.compile(sign), kind);
    }

    /** Returns the kind of object whose printed form the text is, if any. */
    static Optional<Kind> of(String text) {
        String body = Blanks.strip(text);
        String start = body.substring(0, Math.min(LOOK, body.length()));
        int at = 0;
        while (at < start.length() && "[({, \n\t".indexOf(start.charAt(at)) >= 0) {
            at++;
        }
        String first = MISSING_FIRST.matcher(start.substring(at)).replaceFirst("");
        Optional<Kind> entry = ofEntry(first);
        if (entry.isPresent()) {
            return entry;
        }
        if (JAVA_ARRAY.matcher(start).lookingAt()) {
            return Optional.of(JAVA);
        }
        if (start.startsWith("{") && start.matches("(?s)\\{\\s*('[^']*'|\"[^\"]*\"|\\d+)\\s*:.*")) {
            return Optional.of(DICT);
        }
        String end = body.substring(Math.max(0, body.length() - LOOK));
        for (Rule rule : ENDS) {
            if (rule.sign().matcher(end).matches()) {
                return Optional.of(rule.kind());
            }
        }
        return NUMBERED_LINES.matcher(start).matches() ? Optional.of(FRAME) : shortened(body);
    }

    /** Returns the kind of object whose printed form an unquoted entry starts with, if any. */
    static Optional<Kind> ofEntry(String entry) {
        return STARTS.stream()
                .filter(rule -> rule.sign().matcher(entry).lookingAt())
                .findFirst()
                .map(Rule::kind);
    }

    /** Returns the kind of object that shows three dots in place of entries. */
    private static Optional<Kind> shortened(String body) {
        for (String dots : List.of("...", "\u2026")) {
            for (int at = body.indexOf(dots); at >= 0; at = body.indexOf(dots, at + dots.length())) {
                if (isOutside(body, at - 1) && isOutside(body, at + dots.length())) {
                    return Optional.of(ARRAY);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOutside(String body, int at) {
        return at < 0
                || at >= body.length()
                || ",[](){}".indexOf(body.charAt(at)) >= 0
                || Blanks.isBlank(body.charAt(at));
    }
}
