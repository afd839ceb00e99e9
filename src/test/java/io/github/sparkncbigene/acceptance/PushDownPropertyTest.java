package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a query is: its rows are those of the same query that reads everything and lets Spark choose. So they are with
 * the session extension, and, where a join names the keys, with no list at all.
 */
@ExtendWith(LocalSpark.class)
class PushDownPropertyTest {
    private static final List<String> COLLATIONS = List.of(
            "",
            " COLLATE UTF8_BINARY",
            " COLLATE UTF8_LCASE",
            " COLLATE UTF8_BINARY_RTRIM",
            " COLLATE UNICODE_CI_RTRIM");

    private static final int QUERIES = Sample.oneIn(5, 35);

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(500).compact(true));

    private static SparkSession extended;

    /** How the keys of another side are joined, and which side the genes are on. */
    private enum JoinKind {
        NONE(false),
        GENES_SEMI(true),
        GENES_ANTI(false),
        INNER(true),
        LEFT(true),
        KEYS_SEMI(true),
        KEYS_ANTI(true);

        /** Whether only genes of the other side's keys are in the result, so that these can stand for a list. */
        private final boolean onlyKeys;

        JoinKind(boolean onlyKeys) {
            this.onlyKeys = onlyKeys;
        }

        Dataset<Row> join(Dataset<Row> genes, Dataset<Row> keys) {
            Column equal = genes.col("accession").equalTo(keys.col("key"));
            return switch (this) {
                case NONE -> genes;
                case GENES_SEMI -> genes.join(keys, equal, "left_semi");
                case GENES_ANTI -> genes.join(keys, equal, "left_anti");
                case INNER -> keys.join(genes, equal);
                case LEFT -> keys.join(genes, equal, "left_outer");
                case KEYS_SEMI -> keys.join(genes, equal, "left_semi");
                case KEYS_ANTI -> keys.join(genes, equal, "left_anti");
            };
        }
    }

    @BeforeAll
    static void extend(SparkSession spark) {
        extended = LookupTables.extended(new NcbiGeneExtensions());
    }

    @BeforeEach
    void quicker(SparkSession spark) {
        spark.conf().set("spark.sql.shuffle.partitions", "1");
        extended.conf().set("spark.sql.shuffle.partitions", "1");
    }

    @AfterEach
    void restore(SparkSession spark) {
        spark.conf().set("spark.sql.shuffle.partitions", "2");
        spark.conf().unset("spark.sql.ansi.enabled");
        spark.conf().unset("spark.sql.adaptive.enabled");
    }

    @ParameterizedTest(name = "seed {0}, {1} report, ansi={2}, adaptive={3}")
    @CsvSource({
        "1, gene, true, true",
        "2, gene, false, false",
        "3, gene, true, false",
        "4, product, true, true",
        "5, product, false, false",
        "6, product, false, true"
    })
    void pushedDownOrNotTheRowsAreTheSame(
            long seed, String report, boolean ansi, boolean adaptive, SparkSession spark) {
        for (SparkSession session : List.of(spark, extended)) {
            session.conf().set("spark.sql.ansi.enabled", ansi);
            session.conf().set("spark.sql.adaptive.enabled", adaptive);
        }
        Random random = new Random(seed);
        for (int i = 0; i < QUERIES; i++) {
            Query query = new Query(random, report, LocalSpark.version(spark) >= 4);
            List<String> all = sorted(query.apply(listed(spark, query, false), false));
            check(query, "pushed down", sorted(query.apply(listed(spark, query, true), true)), all);
            if (query.join != JoinKind.NONE) {
                check(query, "extended", sorted(query.apply(listed(extended, query, true), true)), all);
            }
            if (query.join.onlyKeys) {
                check(
                        query,
                        "without a list",
                        sorted(query.apply(table(extended, query).load(), true)),
                        all);
            }
        }
    }

    private static void check(Query query, String how, List<String> rows, List<String> all) {
        if (query.limit > 0) {
            assertThat(rows).as("%s: %s", how, query).hasSize(Math.min(query.limit, all.size()));
            assertThat(all).as("%s: %s", how, query).containsAll(rows);
        } else {
            assertThat(rows).as("%s: %s", how, query).isEqualTo(all);
        }
    }

    private static Dataset<Row> listed(SparkSession spark, Query query, boolean pushDown) {
        return table(spark, query)
                .option("accessions", String.join(",", query.accessions))
                .option("push_down", pushDown)
                .load();
    }

    private static DataFrameReader table(SparkSession spark, Query query) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("report", query.report)
                .option("batch_size", query.batchSize)
                .option("mode", query.mode);
    }

    private static List<String> sorted(Dataset<Row> rows) {
        List<String> texts = new ArrayList<>(LocalSpark.rows(rows));
        Collections.sort(texts);
        return texts;
    }

    /** A random query over a random list. */
    private static final class Query {
        private final String report;
        private final List<String> accessions = new ArrayList<>();
        private final int batchSize;
        private final String mode;
        private final List<String> columns = new ArrayList<>();
        private final List<String> filters = new ArrayList<>();
        private final List<String> joinKeys = new ArrayList<>();
        private final JoinKind join;
        private final int limit;
        private final boolean counts;
        private final boolean collations;

        Query(Random random, String report, boolean collations) {
            this.report = report;
            this.collations = collations;
            int genes = 1 + random.nextInt(40);
            for (int i = 0; i < genes; i++) {
                String accession = SyntheticGenes.accession(random.nextInt(60));
                int kind = random.nextInt(10);
                accessions.add(
                        kind == 0
                                ? "NM_00" + random.nextInt(9)
                                : kind == 1
                                        ? accession.substring(0, accession.indexOf('.'))
                                        : kind == 2
                                                ? SyntheticGenes.proteinAccession(random.nextInt(60))
                                                        .orElse(accession)
                                                : accession);
            }
            batchSize = 1 + random.nextInt(50);
            mode = random.nextInt(3) == 0 ? "DROPMALFORMED" : "PERMISSIVE";
            List<String> offered = new ArrayList<>(List.of(
                    "accession",
                    "gene_id",
                    "symbol",
                    "tax_id",
                    "transcript_count",
                    "protein_count",
                    "warnings[0].code AS code"));
            offered.addAll(
                    report.equals("gene")
                            ? List.of(
                                    "locus_tag",
                                    "synonyms",
                                    "annotations.assembly_name AS assemblies",
                                    "gene_ontology.biological_processes.go_id AS terms",
                                    "annotations[0].genomic_locations[0].genomic_range.begin AS begin")
                            : List.of(
                                    "transcript_accession",
                                    "protein_accession",
                                    "genomic_locations.exons AS exons",
                                    "cds.range.begin AS cds_begin"));
            Collections.shuffle(offered, random);
            columns.addAll(offered.subList(0, random.nextInt(4)));
            for (int i = random.nextInt(3); i > 0; i--) {
                filters.add(filter(random));
            }
            List<JoinKind> joins = List.copyOf(EnumSet.complementOf(EnumSet.of(JoinKind.NONE)));
            join = random.nextBoolean() ? JoinKind.NONE : joins.get(random.nextInt(joins.size()));
            for (int i = random.nextInt(4); i >= 0; i--) {
                joinKeys.add(pick(random));
            }
            if (join == JoinKind.KEYS_SEMI || join == JoinKind.KEYS_ANTI) {
                columns.clear();
                columns.addAll(random.nextBoolean() ? List.of("key") : List.of());
            } else if (join == JoinKind.INNER || join == JoinKind.LEFT) {
                columns.add("key");
            }
            counts = columns.isEmpty();
            limit = !counts && random.nextInt(4) == 0 ? 1 + random.nextInt(20) : 0;
        }

        private String pick(Random random) {
            return accessions.get(random.nextInt(accessions.size()));
        }

        /** A comparison with a text that other letter cases or blanks may equal; trailing blanks count without one. */
        private String textFilter(Random random, int gene) {
            String column = random.nextBoolean() ? "accession" : "symbol";
            String text = column.equals("symbol") ? SyntheticGenes.symbol(gene) : pick(random);
            String written =
                    switch (random.nextInt(3)) {
                        case 0 -> text.toLowerCase(Locale.ROOT);
                        case 1 -> text + " ";
                        default -> text;
                    };
            String collation = COLLATIONS.get(random.nextInt(COLLATIONS.size()));
            String literal = "'" + written + "'" + (collations ? collation : "");
            return switch (random.nextInt(4)) {
                case 0 -> literal + " = " + column;
                case 1 -> column + " IN (" + literal + ", 'x')";
                case 2 -> column + " NOT IN (" + literal + ", 'x')";
                default -> column + " <=> " + literal + " OR " + column + " = 'x'";
            };
        }

        private String filter(Random random) {
            int gene = random.nextInt(60);
            if (random.nextInt(4) == 0) {
                return textFilter(random, gene);
            }
            return switch (random.nextInt(report.equals("gene") ? 12 : 14)) {
                case 0 -> "accession = '" + pick(random) + "'";
                case 1 -> "accession IN ('" + pick(random) + "', '" + pick(random) + "', 'NM_1')";
                case 2 -> "gene_id = " + SyntheticGenes.geneId(gene) + (random.nextBoolean() ? "" : "D");
                case 3 ->
                    "gene_id IN (" + SyntheticGenes.geneId(gene) + ", " + SyntheticGenes.geneId(random.nextInt(60))
                            + ")";
                case 4 -> "CAST(gene_id AS STRING) = '" + SyntheticGenes.geneId(gene) + "'";
                case 5 -> "symbol = '" + SyntheticGenes.symbol(gene) + "' OR symbol = 'none'";
                case 6 -> "accession = '" + pick(random) + "' OR gene_id = " + SyntheticGenes.geneId(gene);
                case 7 -> "NOT (accession = '" + pick(random) + "')";
                case 8 -> "accession IS NOT NULL AND symbol LIKE '%1%'";
                case 9 -> "tax_id = " + SyntheticGenes.taxId(gene);
                case 10 -> "transcript_count > 1";
                case 11 ->
                    report.equals("gene")
                            ? "locus_tag = '" + SyntheticGenes.locusTag(gene) + "'"
                            : "gene_id <=> " + SyntheticGenes.geneId(gene);
                case 12 ->
                    "transcript_accession IN ('" + SyntheticGenes.accession(gene) + "', '"
                            + SyntheticGenes.accession(random.nextInt(60)) + "')";
                default ->
                    "protein_accession = '"
                            + SyntheticGenes.proteinAccession(gene).orElse("NP_1") + "'";
            };
        }

        Dataset<Row> apply(Dataset<Row> table, boolean limited) {
            Dataset<Row> rows = table;
            for (String filter : filters) {
                rows = rows.filter(filter);
            }
            if (join != JoinKind.NONE) {
                Dataset<Row> keys = table.sparkSession()
                        .sql("SELECT * FROM VALUES "
                                + joinKeys.stream().map(k -> "('" + k + "')").collect(Collectors.joining(","))
                                + " AS k(key)");
                rows = join.join(rows, keys.distinct());
            }
            if (counts) {
                return rows.selectExpr("count(*)");
            }
            rows = rows.selectExpr(columns.toArray(String[]::new));
            return limited && limit > 0 ? rows.limit(limit) : rows;
        }

        @Override
        public String toString() {
            return report + " " + mode + " batches of " + batchSize + " of " + accessions + ": select " + columns
                    + " where " + filters + (join == JoinKind.NONE ? "" : " join " + join + " " + joinKeys)
                    + (limit > 0 ? " limit " + limit : "");
        }
    }
}
