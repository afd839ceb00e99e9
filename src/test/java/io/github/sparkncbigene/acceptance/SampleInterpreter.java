package io.github.sparkncbigene.acceptance;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/**
 * Runs samples in Python, Scala and Java that are chains of calls, against Spark's Java API: what PySpark itself calls,
 * name by name. A statement is an expression, or gives a name to one; an expression is a literal, a name, a call, a
 * chain of these, or two of them compared. Anything else is an error, so that no sample is skipped.
 */
final class SampleInterpreter {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|(\\d+)|(\\w+)|(===|==|.))");

    private static final Pattern DECLARATION = Pattern.compile("^(?:val |var |Dataset<Row> |Column )?(\\w+) = (?=\\S)");

    private final Map<String, Object> names = new HashMap<>();
    private final Map<String, String> texts;
    private List<String> tokens;
    private int at;
    private String shown = "";

    /**
     * @param names what the samples start from
     * @param texts literals that mean something else in a test, such as the path of a file
     */
    SampleInterpreter(Map<String, Object> names, Map<String, String> texts) {
        this.names.putAll(names);
        this.texts = texts;
    }

    /** Runs statements; returns what they show. */
    String run(String sample) {
        shown = "";
        for (String statement : statements(sample)) {
            Matcher declaration = DECLARATION.matcher(statement);
            boolean named = declaration.find();
            Object value = value(named ? statement.substring(declaration.end()) : statement);
            if (named) {
                names.put(declaration.group(1), value);
            }
        }
        return shown;
    }

    /** A statement ends with a line that leaves no bracket open, unless the next line goes on with a dot. */
    private static List<String> statements(String sample) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        int open = 0;
        for (String line : sample.lines().toList()) {
            String code = line.replaceAll("\\s+(//|#) .*$", "")
                    .replaceAll("^(//|#) .*$", "")
                    .replaceAll(";$", "");
            boolean isImport = code.startsWith("import ") || code.startsWith("from ");
            if (code.isBlank() || isImport) {
                continue;
            }
            if (open == 0 && !code.strip().startsWith(".") && statement.length() > 0) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
            statement.append(code).append('\n');
            open += code.chars().map(c -> c == '(' ? 1 : c == ')' ? -1 : 0).sum();
        }
        statements.add(statement.toString());
        return statements;
    }

    private Object value(String expression) {
        tokens = new ArrayList<>();
        at = 0;
        Matcher matcher = TOKEN.matcher(expression.strip());
        while (matcher.lookingAt()) {
            tokens.add(matcher.group().strip());
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        Object value = comparison();
        if (at < tokens.size()) {
            throw new IllegalArgumentException("Not understood at '" + tokens.get(at) + "': " + expression);
        }
        return value;
    }

    private Object comparison() {
        Object left = chain();
        if (at < tokens.size() && (peek("==") || peek("==="))) {
            at++;
            return ((Column) left).equalTo((Column) chain());
        }
        return left;
    }

    private Object chain() {
        Object value = primary();
        while (peek(".")) {
            at++;
            String name = tokens.get(at++);
            value = peek("(") ? call(value, name, arguments()) : member(value, name);
        }
        return value;
    }

    private Object primary() {
        String token = tokens.get(at++);
        if (token.startsWith("\"")) {
            String text = token.substring(1, token.length() - 1).replace("\\\"", "\"");
            return texts.getOrDefault(text, text);
        }
        if (token.matches("\\d+")) {
            return Integer.valueOf(token);
        }
        if (token.equalsIgnoreCase("true") || token.equalsIgnoreCase("false")) {
            return Boolean.valueOf(token);
        }
        if (token.equals("(")) {
            Object inside = comparison();
            expect(")");
            return inside;
        }
        if (names.containsKey(token)) {
            return names.get(token);
        }
        if (peek("(")) {
            return call(functions.class, token, arguments());
        }
        throw new IllegalArgumentException("Nothing is called " + token);
    }

    private List<Object> arguments() {
        expect("(");
        List<Object> arguments = new ArrayList<>();
        while (!peek(")")) {
            if (at + 1 < tokens.size()
                    && tokens.get(at).matches("\\w+")
                    && tokens.get(at + 1).equals("=")) {
                at += 2;
            }
            arguments.add(comparison());
            if (!peek(")")) {
                expect(",");
            }
        }
        at++;
        return arguments;
    }

    private boolean peek(String token) {
        return at < tokens.size() && tokens.get(at).equals(token);
    }

    private void expect(String token) {
        if (!peek(token)) {
            throw new IllegalArgumentException("Where " + token + " should be: " + tokens.subList(at, tokens.size()));
        }
        at++;
    }

    /** A property, as Python and Scala have without brackets; of a table, one of its columns. */
    private static Object member(Object value, String name) {
        boolean column = value instanceof Dataset<?> data
                && Arrays.asList(data.columns()).contains(name);
        return column ? ((Dataset<?>) value).col(name) : invoke(value, name, List.of());
    }

    private Object call(Object value, String name, List<Object> arguments) {
        if (name.equals("show")) {
            boolean whole = arguments.contains(false);
            String table = (String) invoke(value, "showString", List.of(20, whole ? 0 : 20, false));
            shown += table;
            return table;
        }
        return invoke(value, name, arguments);
    }

    private static Object invoke(Object target, String name, List<Object> arguments) {
        boolean isStatic = target instanceof Class<?>;
        Class<?> type = isStatic ? (Class<?>) target : target.getClass();
        for (boolean variable : new boolean[] {false, true}) {
            for (Method method : type.getMethods()) {
                Object[] bound =
                        method.getName().equals(name) && !method.isBridge() ? bind(method, arguments, variable) : null;
                if (bound != null) {
                    try {
                        return method.invoke(isStatic ? null : target, bound);
                    } catch (InvocationTargetException e) {
                        throw new IllegalStateException(e.getCause());
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }
        throw new IllegalArgumentException(type.getSimpleName() + " has no " + name + " for " + arguments);
    }

    /** The arguments as the method takes them; null where it does not. */
    private static Object[] bind(Method method, List<Object> arguments, boolean variable) {
        Class<?>[] types = method.getParameterTypes();
        int fixed = variable ? types.length - 1 : types.length;
        if (variable ? !method.isVarArgs() || arguments.size() < fixed : arguments.size() != fixed) {
            return null;
        }
        Object[] bound = new Object[types.length];
        for (int i = 0; i < fixed; i++) {
            if (!fits(types[i], arguments.get(i))) {
                return null;
            }
            bound[i] = arguments.get(i);
        }
        if (variable) {
            Class<?> element = types[fixed].getComponentType();
            Object rest = Array.newInstance(element, arguments.size() - fixed);
            for (int i = fixed; i < arguments.size(); i++) {
                if (!fits(element, arguments.get(i))) {
                    return null;
                }
                Array.set(rest, i - fixed, arguments.get(i));
            }
            bound[fixed] = rest;
        }
        return bound;
    }

    private static boolean fits(Class<?> type, Object value) {
        return type.isInstance(value)
                || ((type == int.class || type == long.class) && value instanceof Integer)
                || (type == boolean.class && value instanceof Boolean);
    }
}
