package io.github.sparkncbigene.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.testing.GeneratedPage;
import io.github.sparkncbigene.testing.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.And;
import org.apache.spark.sql.connector.expressions.filter.Not;
import org.apache.spark.sql.connector.expressions.filter.Or;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/push-down.md says what the code does: its tables are read and compared with it. */
class PushDownPageTest {
    /** Spark 4's type of text under a collation, which the connector is compiled without. */
    private static final DataType COLLATED = new StringType() {
        @Override
        public String typeName() {
            return "string collate UTF8_LCASE";
        }
    };

    /** Each form of filter on the page, as Spark would push it for a column. */
    private static final Map<String, Function<StructField, List<Predicate>>> FORMS = forms();

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static Map<String, List<List<String>>> tables;

    @BeforeAll
    static void readThePage() throws IOException {
        tables = new LinkedHashMap<>();
        String title = "";
        for (String line : Files.readAllLines(GeneratedPage.file("push-down.md"))) {
            if (line.startsWith("#")) {
                title = line.replaceFirst("#+ ", "");
            } else if (line.startsWith("| ")) {
                List<String> cells = Stream.of(
                                line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1))
                        .map(String::strip)
                        .toList();
                tables.computeIfAbsent(title, t -> new ArrayList<>()).add(cells);
            }
        }
        // Without their heads.
        tables.replaceAll((t, rows) -> rows.subList(1, rows.size()));
    }

    private static Set<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<List<String>> table(String title) {
        assertThat(tables).containsKey(title);
        return tables.get(title);
    }

    /** The columns of the table of filters for which one of its cells says yes. */
    private static Set<String> columns(int cell, String yes) {
        return table("Filters").stream()
                .filter(row -> Stream.of(row.get(cell).split(", ", -1)).anyMatch(yes::equals))
                .flatMap(row -> code(row.get(0)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Function<StructField, List<Predicate>>> forms() {
        Map<String, Function<StructField, List<Predicate>>> forms = new LinkedHashMap<>();
        forms.put("c = 1", c -> List.of(predicate("=", column(c), value(c, 1))));
        forms.put("1 = c", c -> List.of(predicate("=", value(c, 1), column(c))));
        forms.put("c <=> 1", c -> List.of(predicate("<=>", column(c), value(c, 1))));
        forms.put("c IN (1, 2)", c -> List.of(predicate("IN", column(c), value(c, 1), value(c, 2))));
        forms.put(
                "c = 1 OR c = 2",
                c -> List.of(new Or(predicate("=", column(c), value(c, 1)), predicate("=", column(c), value(c, 2)))));
        forms.put(
                "c = 1 AND c = 2",
                c -> List.of(new And(predicate("=", column(c), value(c, 1)), predicate("=", column(c), value(c, 2)))));
        forms.put(
                "c = 1 AND c IS NOT NULL",
                c -> List.of(predicate("IS_NOT_NULL", column(c)), predicate("=", column(c), value(c, 1))));
        forms.put(
                "c = 1 COLLATE UTF8_LCASE",
                c -> List.of(predicate(
                        "=", new Cast(column(c), COLLATED), new LiteralValue<>(UTF8String.fromString("1"), COLLATED))));
        forms.put("c IS NOT NULL", c -> List.of(predicate("IS_NOT_NULL", column(c))));
        forms.put("c IS NULL", c -> List.of(predicate("IS_NULL", column(c))));
        forms.put("c <> 1", c -> List.of(predicate("<>", column(c), value(c, 1))));
        forms.put("NOT c = 1", c -> List.of(new Not(predicate("=", column(c), value(c, 1)))));
        forms.put("c < 1", c -> List.of(predicate("<", column(c), value(c, 1))));
        forms.put("c >= 1", c -> List.of(predicate(">=", column(c), value(c, 1))));
        forms.put("c LIKE '1%'", c -> List.of(predicate("STARTS_WITH", column(c), value(c, 1))));
        forms.put(
                "c = 1 OR description = 'x'",
                c -> List.of(new Or(
                        predicate("=", column(c), value(c, 1)),
                        predicate("=", Expressions.column("description"), text("x")))));
        return forms;
    }

    private static Predicate predicate(String name, Expression... children) {
        return new Predicate(name, children);
    }

    private static Expression column(StructField field) {
        return Expressions.column(field.name());
    }

    private static Expression text(String text) {
        return new LiteralValue<>(UTF8String.fromString(text), DataTypes.StringType);
    }

    private static Expression value(StructField field, int value) {
        DataType type = field.dataType();
        return type instanceof IntegralType ? new LiteralValue<>((long) value, DataTypes.LongType) : text("v" + value);
    }

    private static NcbiGeneScanBuilder builder(String... options) {
        return new NcbiGeneScanBuilder(Given.options(options));
    }

    private static List<StructField> scalars(String... options) {
        return Arrays.stream(NcbiGeneScanBuilder.schema(Given.options(options)).fields())
                .filter(field -> field.dataType() instanceof StringType || field.dataType() instanceof IntegralType)
                .toList();
    }

    /** The columns of which the builder takes a filter of this form off Spark's hands. */
    private static Set<String> claimed(String form, String... options) {
        Set<String> claimed = new TreeSet<>();
        for (StructField field : scalars(options)) {
            Predicate[] pushed = FORMS.get(form).apply(field).toArray(Predicate[]::new);
            NcbiGeneScanBuilder builder = builder(options);
            Predicate[] left = builder.pushPredicates(pushed);
            assertThat(left.length + builder.pushedPredicates().length).isEqualTo(pushed.length);
            if (left.length == 0) {
                claimed.add(field.name());
            }
        }
        return claimed;
    }

    @Test
    void theHooksAreThoseOfTheCode() {
        List<String> hooks = Stream.of(NcbiGeneScanBuilder.class, NcbiGeneScan.class)
                .flatMap(type -> Arrays.stream(type.getInterfaces()))
                .map(Class::getSimpleName)
                .filter(name -> name.startsWith("Supports"))
                .toList();
        List<String> named = table("What is pushed").stream()
                .flatMap(row -> code(row.get(1)).stream())
                .distinct()
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(hooks);
    }

    @Test
    void theFilteredColumnsAreThoseOfTheCode() {
        assertThat(table("Filters").stream().flatMap(row -> code(row.get(0)).stream()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(KeyColumn.columns(any -> true));
    }

    @Test
    void theFormsOfFiltersAreThoseOfThePage() {
        List<List<String>> rows = table("Forms of filters");
        assertThat(rows.stream().flatMap(row -> code(row.get(0)).stream()))
                .containsExactlyInAnyOrderElementsOf(FORMS.keySet());
        for (List<String> row : rows) {
            boolean taken = row.get(1).equals("yes");
            assertThat(row.get(1)).isIn("yes", "no");
            for (String form : code(row.get(0))) {
                for (Report report : Report.values()) {
                    assertThat(claimed(form, "report", report.word()))
                            .as("%s in the %s report", form, report.word())
                            .isEqualTo(taken ? columns(1, report.word()) : Set.of());
                }
            }
        }
    }

    @Test
    void inATableOnlyTheColumnsOfThePageAreFiltered() {
        String fields = "accession,gene-id,symbol,tax-id,tax-name";

        assertThat(claimed("c = 1", "table_fields", fields)).isEqualTo(columns(3, "yes"));
    }

    @Test
    void withoutPushDownNothingIsTaken() {
        FORMS.keySet()
                .forEach(form ->
                        assertThat(claimed(form, "push_down", "false")).as(form).isEmpty());
        assertThat(builder("push_down", "false").pushLimit(3)).isFalse();
    }

    @Test
    void aJoinFiltersTheColumnsOfThePage() {
        for (Report report : Report.values()) {
            Set<String> expected = new LinkedHashSet<>(columns(2, "yes"));
            expected.retainAll(columns(1, report.word()));
            assertThat(joined("report", report.word())).containsExactlyInAnyOrderElementsOf(expected);
        }
        Set<String> inATable = new TreeSet<>(columns(2, "yes"));
        inATable.retainAll(columns(3, "yes"));
        assertThat(joined("table_fields", "accession,gene-id")).containsExactlyElementsOf(inATable);
        assertThat(joined("push_down", "false")).isEmpty();
    }

    private static List<String> joined(String... options) {
        NcbiGeneScan scan = (NcbiGeneScan) builder(options).build();
        return Stream.of(scan.filterAttributes())
                .map(NamedReference::fieldNames)
                .map(names -> String.join(".", names))
                .toList();
    }

    @Test
    void theAbbreviatedReportsAreThoseOfTheCode() {
        Map<String, Set<String>> enough = new LinkedHashMap<>();
        for (List<String> row : table("Abbreviated reports")) {
            enough.put(code(row.get(0)).iterator().next(), code(row.get(1)));
        }
        assertThat(enough).containsOnlyKeys("IDS_ONLY", "COUNTS_ONLY");
        StructType schema = NcbiGeneScanBuilder.schema(Given.options());
        for (StructField field : schema.fields()) {
            String least = enough.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(field.name()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("COMPLETE");
            assertThat(returnedContent(new StructType(new StructField[] {field})))
                    .as(field.name())
                    .isEqualTo(least);
        }
        enough.forEach((content, columns) -> assertThat(returnedContent(
                        new StructType(columns.stream().map(schema::apply).toArray(StructField[]::new))))
                .isEqualTo(content));
        assertThat(returnedContent(new StructType())).isEqualTo("IDS_ONLY");
        assertThat(returnedContent(schema)).isEqualTo("COMPLETE");
    }

    private static String returnedContent(StructType schema) {
        ScanPlan plan = Scans.plan(Given.options("accessions", "a"), schema, KeyDomains.ALL, OptionalInt.empty());
        return plan.spec().requests().narrowed().returnedContent().toString();
    }

    @Test
    void aLimitAsksForLessAsThePageSays() {
        int limit = 20;
        List<List<String>> rows = table("Limits");
        assertThat(rows.stream().map(row -> code(row.get(0)))).containsExactly(Set.of("LIMIT 20"), Set.of("LIMIT 20"));
        String accessions =
                Stream.iterate(0, i -> i < 3000, i -> i + 1).map(i -> "NM_" + i).collect(Collectors.joining(","));

        assertLimited(rows.get(0), limited(limit, "accessions", accessions));
        assertLimited(rows.get(1), limited(limit, "accessions", accessions, "mode", "DROPMALFORMED"));
    }

    private static void assertLimited(List<String> cells, ScanPlan plan) {
        List<Integer> sizes =
                plan.batches().stream().map(batch -> batch.identifiers().size()).toList();
        int pageSize = Math.min(1000, plan.spec().requests().narrowed().largestPage());

        assertThat(cells.get(2))
                .startsWith(sizes.stream().limit(4).map(String::valueOf).collect(Collectors.joining(", ")));
        assertThat(cells.get(3)).isEqualTo(Integer.toString(plan.partitions(sizes.size(), Integer.MAX_VALUE)));
        assertThat(cells.get(4)).isEqualTo(Integer.toString(pageSize));
    }

    private static ScanPlan limited(int limit, String... options) {
        return Scans.plan(
                Given.options(options),
                NcbiGeneScanBuilder.schema(Given.options()),
                KeyDomains.ALL,
                OptionalInt.of(limit));
    }
}
