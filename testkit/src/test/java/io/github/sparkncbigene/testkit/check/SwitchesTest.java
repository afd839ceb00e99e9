package io.github.sparkncbigene.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.Behaviour;
import io.github.sparkncbigene.testkit.Behaviour.CellBreaks;
import io.github.sparkncbigene.testkit.Behaviour.EmptyTable;
import io.github.sparkncbigene.testkit.Behaviour.HeaderBlanks;
import io.github.sparkncbigene.testkit.Behaviour.HeaderLabels;
import io.github.sparkncbigene.testkit.Behaviour.HeaderPages;
import io.github.sparkncbigene.testkit.Behaviour.JsonLayout;
import io.github.sparkncbigene.testkit.Behaviour.KeyCase;
import io.github.sparkncbigene.testkit.Behaviour.KeyOrder;
import io.github.sparkncbigene.testkit.Behaviour.NdjsonShape;
import io.github.sparkncbigene.testkit.Behaviour.OversizedPage;
import io.github.sparkncbigene.testkit.Behaviour.QueryEcho;
import io.github.sparkncbigene.testkit.Behaviour.SeveralSelectors;
import io.github.sparkncbigene.testkit.Behaviour.Sorting;
import io.github.sparkncbigene.testkit.Behaviour.SupersededVersion;
import io.github.sparkncbigene.testkit.Behaviour.TableFilter;
import io.github.sparkncbigene.testkit.Behaviour.UnknownIds;
import io.github.sparkncbigene.testkit.BehaviourSwitches;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting of each switch of the stand-in gives exactly the deviations it should. */
class SwitchesTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension service =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().announcedRateLimit(5));

    private static final String[] LABELS = {
        "table-labels",
        "label-go-bp-reference-pmid",
        "label-summary-description",
        "label-transcript-count",
        "label-transcript-select-category",
        "labels-of-counts",
        "labels-of-gene-ontology",
        "label-blanks",
        "summary-format",
        "gene-ontology-format",
        "product-summary-format"
    };

    /** A switch in one setting, with the ids of what then deviates. */
    record Setting(String name, Object value, Consumer<Behaviour> change, List<String> deviations) {
        @Override
        public String toString() {
            return name + " " + value;
        }
    }

    private static Setting set(String name, Object value, Consumer<Behaviour> change, String... deviations) {
        return new Setting(name, value, change, List.of(deviations));
    }

    static Stream<Setting> settings() {
        return Stream.of(
                set("queryEcho", QueryEcho.AS_REQUESTED, b -> b.queryEcho(QueryEcho.AS_REQUESTED)),
                set("queryEcho", QueryEcho.SYMBOLS_IN_CAPITALS, b -> b.queryEcho(QueryEcho.SYMBOLS_IN_CAPITALS)),
                set(
                        "queryEcho",
                        QueryEcho.WITHOUT_VERSION,
                        b -> b.queryEcho(QueryEcho.WITHOUT_VERSION),
                        "query-as-requested"),
                set(
                        "queryEcho",
                        QueryEcho.OMITTED,
                        b -> b.queryEcho(QueryEcho.OMITTED),
                        "query-as-requested",
                        "query-several",
                        "query-ids-only",
                        "query-counts-only",
                        "symbol-case"),
                set("queryInAbbreviatedReports", true, b -> b.queryInAbbreviatedReports(true)),
                set(
                        "queryInAbbreviatedReports",
                        false,
                        b -> b.queryInAbbreviatedReports(false),
                        "query-ids-only",
                        "query-counts-only"),
                set(
                        "supersededVersion",
                        SupersededVersion.CURRENT_SILENTLY,
                        b -> b.supersededVersion(SupersededVersion.CURRENT_SILENTLY)),
                set(
                        "supersededVersion",
                        SupersededVersion.CURRENT_WITH_WARNING,
                        b -> b.supersededVersion(SupersededVersion.CURRENT_WITH_WARNING),
                        "superseded-version"),
                set(
                        "supersededVersion",
                        SupersededVersion.MISSING,
                        b -> b.supersededVersion(SupersededVersion.MISSING),
                        "superseded-version"),
                set("unknownIds", UnknownIds.SILENT, b -> b.unknownIds(UnknownIds.SILENT)),
                set(
                        "unknownIds",
                        UnknownIds.NAMED,
                        b -> b.unknownIds(UnknownIds.NAMED),
                        "unknown-alone",
                        "unknown-beside-known",
                        "unknown-symbol"),
                set(
                        "unknownIds",
                        UnknownIds.IN_REPORTS,
                        b -> b.unknownIds(UnknownIds.IN_REPORTS),
                        "unknown-alone",
                        "unknown-beside-known",
                        "unknown-symbol"),
                set("ndjsonShape", NdjsonShape.MATCH, b -> b.ndjsonShape(NdjsonShape.MATCH)),
                set("ndjsonShape", NdjsonShape.PAGE, b -> b.ndjsonShape(NdjsonShape.PAGE), "line-shape"),
                set("ndjsonShape", NdjsonShape.DESCRIPTOR, b -> b.ndjsonShape(NdjsonShape.DESCRIPTOR), "line-shape"),
                set(
                        "ndjsonShape",
                        NdjsonShape.CONCATENATED,
                        b -> b.ndjsonShape(NdjsonShape.CONCATENATED),
                        "line-shape"),
                set("oversizedPage", OversizedPage.CLAMP, b -> b.oversizedPage(OversizedPage.CLAMP)),
                set(
                        "oversizedPage",
                        OversizedPage.REJECT,
                        b -> b.oversizedPage(OversizedPage.REJECT),
                        "page-size-over-1000"),
                set("keyCase", KeyCase.SNAKE, b -> b.keyCase(KeyCase.SNAKE)),
                set("keyCase", KeyCase.CAMEL, b -> b.keyCase(KeyCase.CAMEL), "snake-case"),
                set("keyOrder", KeyOrder.RANDOM, b -> b.keyOrder(KeyOrder.RANDOM)),
                set("keyOrder", KeyOrder.RECORDED, b -> b.keyOrder(KeyOrder.RECORDED)),
                set("keyOrder", KeyOrder.SORTED, b -> b.keyOrder(KeyOrder.SORTED)),
                set("jsonLayout", JsonLayout.RANDOM, b -> b.jsonLayout(JsonLayout.RANDOM)),
                set("jsonLayout", JsonLayout.COMPACT, b -> b.jsonLayout(JsonLayout.COMPACT)),
                set("jsonLayout", JsonLayout.SPACED, b -> b.jsonLayout(JsonLayout.SPACED)),
                set("jsonLayout", JsonLayout.PRETTY, b -> b.jsonLayout(JsonLayout.PRETTY)),
                set("headerLabels", HeaderLabels.STANDARD, b -> b.headerLabels(HeaderLabels.STANDARD)),
                set("headerLabels", HeaderLabels.OTHER, b -> b.headerLabels(HeaderLabels.OTHER), LABELS),
                set("headerBlanks", HeaderBlanks.AS_DESCRIBED, b -> b.headerBlanks(HeaderBlanks.AS_DESCRIBED)),
                set("headerBlanks", HeaderBlanks.NONE, b -> b.headerBlanks(HeaderBlanks.NONE), "label-blanks"),
                set("headerPages", HeaderPages.AS_REQUESTED, b -> b.headerPages(HeaderPages.AS_REQUESTED)),
                set(
                        "headerPages",
                        HeaderPages.EVERY_PAGE,
                        b -> b.headerPages(HeaderPages.EVERY_PAGE),
                        "header-of-later-pages"),
                set("emptyTable", EmptyTable.HEADER_ONLY, b -> b.emptyTable(EmptyTable.HEADER_ONLY)),
                set("emptyTable", EmptyTable.EMPTY, b -> b.emptyTable(EmptyTable.EMPTY), "empty-table"),
                set("severalSelectors", SeveralSelectors.UNION, b -> b.severalSelectors(SeveralSelectors.UNION)),
                set(
                        "severalSelectors",
                        SeveralSelectors.INTERSECTION,
                        b -> b.severalSelectors(SeveralSelectors.INTERSECTION),
                        "accession-and-locus-tag",
                        "several-selectors"),
                set(
                        "severalSelectors",
                        SeveralSelectors.REJECT,
                        b -> b.severalSelectors(SeveralSelectors.REJECT),
                        "accession-and-locus-tag",
                        "several-selectors"),
                set("sorting", Sorting.APPLIED, b -> b.sorting(Sorting.APPLIED)),
                set("sorting", Sorting.IGNORED, b -> b.sorting(Sorting.IGNORED), "sort-field"),
                set("sorting", Sorting.REJECTED, b -> b.sorting(Sorting.REJECTED), "sort-field"),
                set(
                        "accessionFilterOnTables",
                        TableFilter.APPLIED,
                        b -> b.accessionFilterOnTables(TableFilter.APPLIED)),
                set(
                        "accessionFilterOnTables",
                        TableFilter.IGNORED,
                        b -> b.accessionFilterOnTables(TableFilter.IGNORED),
                        "accession-filter-table",
                        "filter-without-match"),
                set(
                        "accessionFilterOnTables",
                        TableFilter.REFUSED,
                        b -> b.accessionFilterOnTables(TableFilter.REFUSED),
                        "accession-filter-table",
                        "filter-without-match"),
                set("cellBreaks", CellBreaks.NONE, b -> b.cellBreaks(CellBreaks.NONE)),
                set("cellBreaks", CellBreaks.TAB, b -> b.cellBreaks(CellBreaks.TAB)),
                set("cellBreaks", CellBreaks.LINE_FEED, b -> b.cellBreaks(CellBreaks.LINE_FEED)),
                set("accessionFilterOnJson", false, b -> b.accessionFilterOnJson(false)),
                set("accessionFilterOnJson", true, b -> b.accessionFilterOnJson(true), "accession-filter-json"),
                set("rowsWithoutMatch", false, b -> b.rowsWithoutMatch(false)),
                set("rowsWithoutMatch", true, b -> b.rowsWithoutMatch(true), "filter-without-match"),
                set("refuse", "words", b -> b.refuse("NOT_AN_ACCESSION"::equals), "no-accession"),
                set("refuse", "nothing", b -> b.refuse(id -> false)),
                set("latency", "1 ms", b -> b.latency(Duration.ofMillis(1))),
                set("rateLimit", "none", b -> b.rateLimit(0)),
                set(
                        "ncbiRateLimits",
                        "with too few requests to notice",
                        b -> b.ncbiRateLimits().rateLimit(1000).announcedRateLimit(5),
                        "rate-limit-headers"),
                set("announcedRateLimit", 10, b -> b.announcedRateLimit(10)),
                set("announcedRateLimit", 0, b -> b.announcedRateLimit(0), "rate-limit-headers"),
                set("retryAfter", false, b -> b.retryAfter(false)),
                set("keepAliveRequests", 1, b -> b.keepAliveRequests(1)),
                set("maxUrlLength", 60_000, b -> b.maxUrlLength(60_000)),
                set(
                        "maxUrlLength",
                        350,
                        b -> b.maxUrlLength(350),
                        "label-go-bp-reference-pmid",
                        "label-summary-description",
                        "labels-of-counts",
                        "labels-of-gene-ontology",
                        "label-blanks",
                        "url-length"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSettingDeviatesWhereItShould(Setting setting) throws Exception {
        service.configure(setting.change());

        CheckReport report = LiveCheck.of(
                        URI.create(service.baseUrl()),
                        Optional.empty(),
                        new Pace(new VirtualTime(), Duration.ofSeconds(1)),
                        Duration.ofSeconds(20))
                .run(Optional.empty());

        assertThat(report.deviations()).containsExactlyInAnyOrderElementsOf(setting.deviations());
        assertThat(report.verdict()).isEqualTo(setting.deviations().isEmpty() ? Verdict.AS_EXPECTED : Verdict.DEVIATES);
        assertThat(report.requests()).isEqualTo(Probe.values().length).isLessThanOrEqualTo(LiveCheck.MAX_REQUESTS);
        assertThat(service.requests()).hasSize(report.requests());
    }

    @Test
    void noSwitchAndNoSettingIsLeftOut() {
        Set<String> switches = new TreeSet<>();
        List<Object> constants = new ArrayList<>();
        for (Method method : BehaviourSwitches.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.isBridge()) {
                switches.add(method.getName());
                constants.addAll(constants(method.getParameterTypes()));
            }
        }
        assertThat(settings().map(Setting::name)).containsAll(switches);
        assertThat(settings().map(Setting::value)).containsAll(constants);
    }

    @Test
    void theSwitchesThatAssumptionsNameExist() {
        Set<String> switches = new TreeSet<>();
        Arrays.stream(BehaviourSwitches.class.getMethods()).forEach(method -> switches.add(method.getName()));
        assertThat(LiveCheck.assumptions())
                .filteredOn(assumption -> !assumption.standInSwitch().isEmpty())
                .allSatisfy(assumption ->
                        assertThat(switches).contains(assumption.standInSwitch().split(", ")));
    }

    private static List<Object> constants(Class<?>[] types) {
        return types.length == 1 && types[0].isEnum() ? List.of(types[0].getEnumConstants()) : List.of();
    }
}
