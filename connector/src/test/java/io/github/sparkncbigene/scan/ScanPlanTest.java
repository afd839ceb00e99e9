package io.github.sparkncbigene.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.ReturnedContent;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.scan.GenesInMemory.Gene;
import io.github.sparkncbigene.scan.GenesInMemory.Habits;
import io.github.sparkncbigene.scan.GenesInMemory.Transcript;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query makes of the options, and that it never changes the rows, however the service behaves. */
class ScanPlanTest {
    private static final OptionalInt NO_LIMIT = OptionalInt.empty();
    private static final Habits PLAIN = new Habits(true, true, true, false, false);

    private static ScanPlan plan(Options options, KeyDomains filters, String... columns) {
        return Scans.plan(options, Scans.columns(options, columns), filters, NO_LIMIT);
    }

    private static ScanPlan limited(int limit, Options options, KeyDomains filters, String... columns) {
        return Scans.plan(options, Scans.columns(options, columns), filters, OptionalInt.of(limit));
    }

    private static List<String> requested(ScanPlan plan) {
        return plan.batches().stream()
                .flatMap(batch -> batch.identifiers().stream())
                .toList();
    }

    @Test
    void aFilterOnTheAccessionLeavesOutWhatItExcludes() {
        KeyDomains filters = KeyDomains.ALL.and("accession", List.of("b", "d", "x"));

        assertThat(requested(plan(Scans.options("accessions", "a,b,c,d"), filters)))
                .containsExactly("b", "d");
        assertThat(requested(plan(Scans.options("accessions", "a"), filters))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"accessions, ACCESSIONS", "gene_ids, GENE_IDS", "locus_tags, LOCUS_TAGS", "symbols, SYMBOLS"})
    void tasksAreToldNoListOfIdentifiersButTheirOwn(String list, Option option) {
        List<String> others = new ArrayList<>(List.of("page_size", "7", "mode", "FAILFAST"));
        if (option == Option.SYMBOLS) {
            others.addAll(List.of("taxon", "9606"));
        }
        List<String> all = new ArrayList<>(others);
        all.addAll(List.of(list, "1,2,3"));
        ReadSpec spec =
                plan(Scans.options(all.toArray(String[]::new)), KeyDomains.ALL).spec();
        Options told = spec.forTasks().options();

        assertThat(spec.options().isGiven(option)).isTrue();
        assertThat(told.find(option)).isEmpty();
        assertThat(told).isEqualTo(Scans.options(others.toArray(String[]::new)));
    }

    @Test
    void otherFiltersLeaveTheListAsItIs() {
        KeyDomains filters = KeyDomains.ALL.and("gene_id", List.of("7"));

        assertThat(requested(plan(Scans.options("accessions", "a,b"), filters))).containsExactly("a", "b");
    }

    @Test
    void aFilterThatNothingPassesAsksNobody() {
        KeyDomains nothing = KeyDomains.ALL.and("accession", List.of());

        assertThat(plan(Scans.options(), nothing).batches()).isEmpty();
        assertThat(plan(Scans.options("accessions", "a"), nothing).batches()).isEmpty();
        assertThat(plan(Scans.options("taxon", "9606"), nothing).batches()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gene, accession, ACCESSION",
        "gene, gene_id, GENE_ID",
        "gene, locus_tag, LOCUS_TAG",
        "product, accession, ACCESSION",
        "product, gene_id, GENE_ID",
        "product, transcript_accession, ACCESSION",
        "product, protein_accession, ACCESSION"
    })
    void withoutAListAFilterSelects(String report, String column, IdentifierKind kind) {
        KeyDomains filters = KeyDomains.ALL.and(column, List.of("2", "1"));

        assertThat(plan(Scans.options("report", report), filters).batches())
                .containsExactly(new IdentifierBatch(kind, List.of("1", "2"), List.of()));
    }

    @Test
    void symbolsSelectWithTheirTaxonOnly() {
        KeyDomains symbols = KeyDomains.ALL.and("symbol", List.of("TP53"));

        assertThatThrownBy(() -> plan(Scans.options(), symbols).batches())
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageContaining("[NCBI_GENE_NO_SELECTOR]");
        for (String column : List.of("tax_id", "tax_name")) {
            ScanPlan plan = plan(Scans.options(), symbols.and(column, List.of("9606")));
            assertThat(requested(plan)).containsExactly("TP53");
            assertThat(plan.batches()).extracting(IdentifierBatch::taxon).containsExactly(Optional.of("9606"));
        }
    }

    @Test
    void eachTaxonTakesRequestsOfItsOwn() {
        KeyDomains filters =
                KeyDomains.ALL.and("symbol", List.of("A", "B", "C")).and("tax_id", List.of("9606", "10090"));
        ScanPlan plan = plan(Scans.options("batch_size", "2"), filters);

        assertThat(plan.batches())
                .extracting(batch -> batch.taxon().orElseThrow() + " " + batch.identifiers())
                .containsExactly("10090 [A, B]", "10090 [C]", "9606 [A, B]", "9606 [C]");
        assertThat(plan.and(
                                Optional.empty(),
                                KeyDomains.ALL,
                                Map.of(
                                        "tax_id",
                                        Map.of("9606", Set.of("C"), "10090", Set.of("A", "B"), "7955", Set.of("A"))))
                        .batches())
                .extracting(batch -> batch.taxon().orElseThrow() + " " + batch.identifiers())
                .containsExactly("10090 [A, B]", "9606 [C]");
    }

    @Test
    void symbolsAreRequestedInPlaceOfTheWholeTaxon() {
        KeyDomains filters = KeyDomains.ALL.and("symbol", List.of("A", "B"));

        assertThat(plan(Scans.options("taxon", "human"), filters).batches())
                .extracting(batch -> batch.taxon().orElseThrow() + " " + batch.identifiers())
                .containsExactly("human [A, B]");
        // These may leave out genes, or begin in the middle of the taxon.
        for (String option : List.of("query", "types", "page_token")) {
            assertThat(plan(Scans.options("taxon", "human", option, "ncRNA"), filters)
                            .batches())
                    .as(option)
                    .containsExactly(IdentifierBatch.wholeTaxon());
        }
    }

    @Test
    void withNothingThatSelectsThereIsNoRequest() {
        assertThatThrownBy(() -> plan(Scans.options(), KeyDomains.ALL).batches())
                .hasMessageContaining("[NCBI_GENE_NO_SELECTOR]");
        assertThatThrownBy(() -> limited(10, Scans.options(), KeyDomains.ALL.and("tax_id", List.of("9606")))
                        .batches())
                .hasMessageContaining("[NCBI_GENE_NO_SELECTOR]");
    }

    @Test
    void aLimitAsksForAsManyIdentifiersWhereEachHasARow() {
        Options options = Scans.options("accessions", "a,b,c,d,e");

        assertThat(requested(limited(2, options, KeyDomains.ALL))).containsExactly("a", "b");
        assertThat(requested(limited(2, options, KeyDomains.ALL.and("accession", List.of("b", "c", "d")))))
                .containsExactly("b", "c");
        assertThat(requested(limited(2, options, KeyDomains.ALL.and("symbol", List.of("S")))))
                .hasSize(5);
        assertThat(requested(limited(2, Scans.options("accessions", "a,b,c", "mode", "DROPMALFORMED"), KeyDomains.ALL)))
                .hasSize(3);
        assertThat(limited(2, options, KeyDomains.ALL).partitions(1, 8)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // rate, max_partitions, max_in_flight, tasks at once, partitions of 100 batches
        "10, 8, 64, 1000, 8",
        "10, 8, 64, 2, 2",
        "10, 100, 64, 1000, 10",
        "3, 8, 64, 1000, 3",
        "0.5, 8, 64, 1000, 1",
        "10, 8, 4, 1000, 4",
        "0, 8, 64, 2, 8",
        "0, , 64, 2, 2",
        "0, , 64, 1000, 8",
        "10, , 64, 1000, 8",
        "0, 200, 1000, 2, 100"
    })
    void ofALimitedRateEachTaskHasItsShareAndNoneIsGivenToATaskThatWaits(
            String rate, String maxPartitions, String maxInFlight, int tasksAtOnce, int partitions) {
        List<String> options =
                new ArrayList<>(List.of("accessions", "a", "requests_per_second", rate, "max_in_flight", maxInFlight));
        if (maxPartitions != null) {
            options.addAll(List.of("max_partitions", maxPartitions));
        }
        ScanPlan plan = plan(Scans.options(options.toArray(String[]::new)), KeyDomains.ALL);

        assertThat(plan.partitions(100, tasksAtOnce)).isEqualTo(partitions);
        assertThat(plan.partitions(1, tasksAtOnce)).isEqualTo(1);
        assertThat(plan.partitions(0, tasksAtOnce)).isZero();
    }

    @Test
    void batchesThatReadTheSameAreEqualHoweverLargeTheClusterIs() {
        ScanPlan plan = plan(Scans.options("accessions", "a,b"), KeyDomains.ALL);

        assertThat(new NcbiGeneBatch(plan, 2)).isEqualTo(new NcbiGeneBatch(plan, 8));
        assertThat(new NcbiGeneBatch(plan, 2)).hasSameHashCodeAs(new NcbiGeneBatch(plan, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "page_token, t, PERMISSIVE",
        "sort.field, gene_id, DROPMALFORMED",
        "sort.direction, SORT_DIRECTION_DESCENDING, DROPMALFORMED"
    })
    void aLimitDoesNotForbidWhatOnlyMakesSenseWithinOneRequest(String option, String value, String mode) {
        Options options = Scans.options("accessions", "a,b,c", option, value, "mode", mode);

        assertThat(requested(plan(options, KeyDomains.ALL))).containsExactly("a", "b", "c");
        assertThat(requested(limited(2, options, KeyDomains.ALL))).containsExactly("a", "b", "c");
    }

    @Test
    void aLimitDoesNotForbidLocusTagsBesideAccessions() {
        Options options = Scans.options(
                "accessions", "a,b,c", "locus_tags", "t", "endpoint", "metadata", "mode", "DROPMALFORMED");

        assertThat(plan(options, KeyDomains.ALL).batches()).hasSize(1);
        assertThat(limited(2, options, KeyDomains.ALL).batches()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "accession,gene_id|IDS_ONLY",
                "gene_id|IDS_ONLY",
                "accession,transcript_count|COUNTS_ONLY",
                "protein_count|COUNTS_ONLY",
                "symbol|COMPLETE",
                "accession,warnings|COMPLETE",
                "gene_id,tax_id|COMPLETE"
            })
    void lessThanWholeReportsAreAskedForWhereThatIsEnough(String columns, ReturnedContent content) {
        String[] named = columns.split(",", -1);

        assertThat(plan(Scans.options("accessions", "a"), KeyDomains.ALL, named)
                        .spec()
                        .requests()
                        .narrowed()
                        .returnedContent())
                .isEqualTo(content);
        for (String[] options : new String[][] {
            {"accessions", "a", "push_down", "false"},
            {"accessions", "a", "returned_content", "COMPLETE"},
            {"accessions", "a", "report", "product"},
            {"symbols", "A", "taxon", "human"}
        }) {
            if (!columns.contains("protein_count") || !"product".equals(options[options.length - 1])) {
                assertThat(plan(Scans.options(options), KeyDomains.ALL, named)
                                .spec()
                                .requests()
                                .narrowed()
                                .returnedContent())
                        .as(Arrays.toString(options))
                        .isEqualTo(ReturnedContent.COMPLETE);
            }
        }
    }

    @Test
    void whatAFilterNeedsIsAskedForToo() {
        assertThat(plan(Scans.options("accessions", "a"), KeyDomains.ALL.and("symbol", List.of("S")), "gene_id")
                        .spec()
                        .requests()
                        .narrowed()
                        .returnedContent())
                .isEqualTo(ReturnedContent.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aFilterByTranscriptIsSentWithEachRequestUnlessItIsLongerThanABatch(int batchSize) {
        List<String> transcripts = List.of("NM_1.1", "NM_2.1");
        ScanPlan plan = plan(
                Scans.options("report", "product", "batch_size", Integer.toString(batchSize)),
                KeyDomains.ALL.and("transcript_accession", transcripts),
                "gene_id");

        assertThat(plan.spec().requests().narrowed().accessionFilter())
                .isEqualTo(batchSize == 1 ? List.of() : transcripts);
        assertThat(requested(plan)).isEqualTo(transcripts);
    }

    @Test
    void whatAJoinFindsNarrowsThePlan() {
        Options options = Scans.options("accessions", "a,b,c");
        ScanPlan plan = plan(options, KeyDomains.ALL);
        Optional<Selector> listed = Selector.of(options, List.of());

        assertThat(requested(plan.and(listed, KeyDomains.ALL.and("accession", List.of("c", "z")), Map.of())))
                .containsExactly("c");
        assertThat(requested(plan.and(listed, KeyDomains.ALL.and("accession", List.of()), Map.of())))
                .isEmpty();
        ScanPlan unbounded = plan(Scans.options(), KeyDomains.ALL);
        assertThat(unbounded
                        .and(Optional.empty(), KeyDomains.ALL.and("gene_id", List.of("7", "8")), Map.of())
                        .batches())
                .containsExactly(new IdentifierBatch(IdentifierKind.GENE_ID, List.of("7", "8"), List.of()));
    }

    /** One query: what is asked for, what is read, what passes. */
    private record Query(Options on, Options off, List<String> columns, KeyDomains filters, boolean product) {}

    private static <T> List<T> some(List<T> all, int most, Random random) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, random.nextInt(Math.min(most, shuffled.size()) + 1));
    }

    private static Query query(List<Gene> genes, Random random, String mode) {
        boolean product = random.nextBoolean();
        List<String> accessions = new ArrayList<>(List.of("NM_999.1", "NP_998", "XX"));
        for (Gene gene : genes) {
            for (Transcript t : gene.transcripts()) {
                accessions.addAll(List.of(
                        t.accession(), t.accession().substring(0, t.accession().length() - 2)));
                accessions.add(t.accession().substring(0, t.accession().length() - 1) + "9");
                Optional.ofNullable(t.protein()).ifPresent(accessions::add);
            }
        }
        List<String> requested = new ArrayList<>(some(accessions, 12, random));
        requested.add(accessions.get(random.nextInt(accessions.size())));
        List<String> readable =
                new ArrayList<>(List.of("accession", "gene_id", "symbol", "transcript_count", "warnings"));
        Map<String, List<String>> passable = new TreeMap<>(Map.of(
                "accession", accessions,
                "gene_id", List.of("1", "2", "3", "99"),
                "symbol", List.of("S0", "S1", "S2", "no"),
                "tax_id", List.of("9606", "10090")));
        if (product) {
            readable.addAll(List.of("transcript_accession", "protein_accession", "transcript_length"));
            passable.put("transcript_accession", accessions);
            passable.put("protein_accession", accessions);
        }
        KeyDomains filters = KeyDomains.ALL;
        for (String column : some(List.copyOf(passable.keySet()), 2, random)) {
            filters = filters.and(column, some(passable.get(column), 8, random));
        }
        String[] options = {
            "accessions",
            String.join(",", requested),
            "report",
            product ? "product" : "gene",
            "mode",
            mode,
            "batch_size",
            Integer.toString(1 + random.nextInt(8)),
            "page_size",
            Integer.toString(1 + random.nextInt(4)),
            "max_partitions",
            Integer.toString(1 + random.nextInt(3)),
            "requests_per_second",
            "0",
            "push_down",
            "true"
        };
        String[] without = options.clone();
        without[without.length - 1] = "false";
        return new Query(Scans.options(options), Scans.options(without), some(readable, 4, random), filters, product);
    }

    /** All rows without push-down, cut down in plain Java as Spark would. */
    private static List<String> expected(Query query, GenesInMemory genes) {
        List<Map<String, Object>> all = Scans.rows(
                Scans.plan(query.off(), Scans.columns(query.off()), KeyDomains.ALL, NO_LIMIT),
                genes.service(query.product()));
        return all.stream()
                .filter(row -> query.filters().byColumn().entrySet().stream()
                        .allMatch(filter -> row.get(filter.getKey()) != null
                                && filter.getValue().contains(Objects.toString(row.get(filter.getKey())))))
                .map(row -> query.columns().stream()
                        .map(column -> String.valueOf(row.get(column)))
                        .collect(Collectors.joining("|")))
                .sorted()
                .toList();
    }

    private static List<String> pushed(Query query, GenesInMemory genes, OptionalInt limit) {
        ScanPlan plan = Scans.plan(
                query.on(), Scans.columns(query.on(), query.columns().toArray(String[]::new)), query.filters(), limit);
        if (query.columns().isEmpty()) {
            plan = Scans.plan(query.on(), new StructType(), query.filters(), limit);
        }
        return Scans.texts(Scans.rows(plan, genes.service(query.product()))).stream()
                .sorted()
                .toList();
    }

    @Property(tries = 250)
    void withAndWithoutPushDownTheRowsAreTheSame(@ForAll Random random) {
        Habits habits = new Habits(
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(4) == 0);
        List<Gene> invented = GenesInMemory.invent(1 + random.nextInt(6), random);
        GenesInMemory genes = new GenesInMemory(invented, habits);
        Query query = query(invented, random, random.nextBoolean() ? "PERMISSIVE" : "DROPMALFORMED");

        assertThat(pushed(query, genes, NO_LIMIT)).as("%s %s", query, habits).isEqualTo(expected(query, genes));
    }

    @Property(tries = 150)
    void aLimitGivesSomeOfTheRowsAndAsManyAsItMay(@ForAll Random random) {
        List<Gene> invented = GenesInMemory.invent(1 + random.nextInt(6), random);
        GenesInMemory genes = new GenesInMemory(invented, PLAIN);
        Query query = query(invented, random, random.nextBoolean() ? "PERMISSIVE" : "DROPMALFORMED");
        int limit = 1 + random.nextInt(6);
        List<String> all = new ArrayList<>(expected(query, genes));
        List<String> some = pushed(query, genes, OptionalInt.of(limit));

        assertThat(some.size()).as("%s", query).isGreaterThanOrEqualTo(Math.min(limit, all.size()));
        for (String row : some) {
            assertThat(all.remove(row))
                    .as("%s is one of the rows of %s", row, query)
                    .isTrue();
        }
    }

    private static final Habits IGNORING = new Habits(true, true, false, false, false);

    /** The rows, or the error in place of the first that is missing. */
    private static String outcome(List<Gene> invented, Habits habits, String... options) {
        try {
            List<String> rows =
                    Scans.texts(Scans.rows(new GenesInMemory(invented, habits).service(true), Scans.options(options)));
            return rows.stream().sorted().collect(Collectors.joining("\n"));
        } catch (NcbiGeneException e) {
            return e.getMessage();
        }
    }

    @Property(tries = 150)
    void whetherTheServiceAppliesAccessionFilterToJsonOrNotTheRowsAreTheSame(@ForAll Random random) {
        List<Gene> invented = GenesInMemory.invent(1 + random.nextInt(6), random);
        List<String> accessions = invented.stream()
                .flatMap(gene -> gene.transcripts().stream())
                .flatMap(t -> Stream.of(t.accession(), t.protein() == null ? "NP_997" : t.protein()))
                .collect(Collectors.toCollection(ArrayList::new));
        accessions.addAll(List.of("NM_999.1", "XX"));
        Collections.shuffle(accessions, random);
        String[] options = {
            "accessions",
            String.join(",", accessions.subList(0, 1 + random.nextInt(accessions.size()))),
            "accession_filter",
            String.join(",", accessions.subList(accessions.size() / 2, accessions.size())),
            "report",
            "product",
            "mode",
            List.of("PERMISSIVE", "DROPMALFORMED", "FAILFAST").get(random.nextInt(3)),
            "batch_size",
            Integer.toString(1 + random.nextInt(8)),
            "requests_per_second",
            "0"
        };
        if (random.nextBoolean()) {
            String fields = random.nextBoolean() ? "accession,symbol" : "accession,transcript-length,gene-id";
            options = Stream.concat(Arrays.stream(options), Stream.of("table_fields", fields))
                    .toArray(String[]::new);
        }

        String ignored = outcome(invented, IGNORING, options);

        assertThat(outcome(invented, new Habits(true, true, true, false, false), options))
                .isEqualTo(ignored);
        assertThat(outcome(invented, new Habits(true, true, true, true, false), options))
                .isEqualTo(ignored);
    }

    @Test
    void ofWhatAccessionFilterLeavesNothingIsMissing() {
        List<Gene> invented = List.of(
                new Gene(1, "A", List.of(new Transcript("NM_1.1", null, 1))),
                new Gene(2, "B", List.of(new Transcript("NM_2.1", null, 2))));
        String[] options = {"accessions", "NM_1.1,NM_2.1", "accession_filter", "NM_1", "report", "product", "mode"};

        assertThat(outcome(invented, IGNORING, with(options, "PERMISSIVE")))
                .contains("NM_1.1|1|A|")
                .contains("NM_2.1|null|")
                .contains("NCBI returned nothing for accession NM_2.1 that accession_filter keeps");
        assertThat(outcome(invented, IGNORING, with(options, "DROPMALFORMED")))
                .contains("NM_1.1|1|A|")
                .doesNotContain("NM_2.1");
        assertThat(outcome(invented, IGNORING, with(options, "FAILFAST")))
                .isEqualTo("[NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'NM_2.1' that accession_filter"
                        + " keeps, and mode is FAILFAST. Correct it, or read with mode PERMISSIVE to get a row that says"
                        + " so, or DROPMALFORMED to get none.");
    }

    private static String[] with(String[] options, String last) {
        return Stream.concat(Arrays.stream(options), Stream.of(last)).toArray(String[]::new);
    }

    @Test
    void aFilterDoesNotMakeWhatItExcludesMissing() {
        List<Gene> invented = List.of(
                new Gene(1, "A", List.of(new Transcript("NM_1.1", null, 1))),
                new Gene(2, "B", List.of(new Transcript("NM_2.1", null, 2))));
        GenesInMemory genes = new GenesInMemory(invented, new Habits(true, true, true, true, false));
        Query query = new Query(
                Scans.options("accessions", "NM_1.1,NM_2.1", "report", "product", "mode", "FAILFAST"),
                Scans.options(
                        "accessions", "NM_1.1,NM_2.1", "report", "product", "mode", "FAILFAST", "push_down", "false"),
                List.of("symbol"),
                KeyDomains.ALL.and("transcript_accession", List.of("NM_1.1")),
                true);

        assertThat(expected(query, genes)).containsExactly("A");
        assertThat(pushed(query, genes, NO_LIMIT)).containsExactly("A");
    }

    @Test
    void aLimitBesideAFilterDoesNotAskForAPageOfEveryGene() {
        List<Gene> invented = IntStream.range(0, 200)
                .mapToObj(i -> new Gene(i + 1, "S" + i, List.of(new Transcript("NM_" + i + ".1", null, i))))
                .toList();
        ScriptedGeneService service = new GenesInMemory(invented, PLAIN).service(false);
        Options options = Scans.options(
                "accessions",
                invented.stream()
                        .map(gene -> gene.transcripts().get(0).accession())
                        .collect(Collectors.joining(",")));
        ScanPlan plan = limited(1, options, KeyDomains.ALL.and("symbol", List.of("none of them")), "gene_id");

        assertThat(Scans.rows(plan, service)).isEmpty();
        assertThat(service.requests())
                .as("requests; without push-down it is one")
                .hasSizeLessThan(12);
    }
}
