package io.github.sparkncbigene.acceptance;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The other side of a lookup join may give other rows each time it is read; each of its rows finds its gene still. */
@ExtendWith(LocalSpark.class)
class LookupJoinOtherSideTest {
    private static final int GENES = 400;

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(GENES).compact(true));

    @TempDir
    static Path directory;

    private static SparkSession spark;

    /** Sides of which two readings differ, or may. */
    enum Side {
        RANDOM_ROWS {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.where("rand() < 0.5");
            }
        },
        RANDOM_KEYS {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.groupBy()
                        .agg(expr("collect_list(transcript) AS all"))
                        .crossJoin(known.select(lit(1)))
                        .select(expr("all[cast(rand() * 400 AS int)] AS transcript"));
            }
        },
        SAMPLE {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.sample(0.3);
            }
        },
        SAMPLE_AFTER_SHUFFLE {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.repartition(3).sample(true, 0.3);
            }
        },
        LIMIT {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.limit(50);
            }
        },
        RANDOM_LIMIT {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.orderBy(expr("rand()")).limit(50);
            }
        },
        RANDOM_GROUPS {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.groupBy(expr("cast(rand() * 40 AS int)")).agg(expr("first(transcript) AS transcript"));
            }
        },
        FIRST_OF_WINDOW {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.withColumn("n", expr("row_number() OVER (PARTITION BY number % 7 ORDER BY 1)"))
                        .where("n <= 20");
            }
        },
        HONEST_FUNCTION {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.select(udf(ANY, DataTypes.StringType)
                        .asNondeterministic()
                        .apply(col("number"))
                        .as("transcript"));
            }
        },
        /** Spark itself believes it and may call it more than once for a row, but not more than once for all. */
        DISHONEST_FUNCTION {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.select(
                        udf(ANY, DataTypes.StringType).apply(col("number")).as("transcript"));
            }
        },
        TYPED {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return known.select(col("number"))
                        .as(Encoders.LONG())
                        .map((MapFunction<Long, String>) ANY::call, Encoders.STRING())
                        .toDF("transcript");
            }
        },
        RDD {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                Dataset<Row> any = TYPED.read(known);
                return known.sparkSession().createDataFrame(any.toJavaRDD(), any.schema());
            }
        },
        CACHED {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                return RANDOM_ROWS.read(known).cache();
            }
        },
        SUBQUERY {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                known.createOrReplaceTempView("known");
                return known.sparkSession()
                        .sql("SELECT * FROM known WHERE number > (SELECT max(number) / 2 FROM known)");
            }
        },
        CTE {
            @Override
            Dataset<Row> read(Dataset<Row> known) {
                known.createOrReplaceTempView("known");
                return known.sparkSession()
                        .sql(
                                "WITH some AS (SELECT *, rand() AS r FROM known)"
                                        + " SELECT a.transcript FROM some a JOIN some b USING (number) WHERE a.r = b.r AND a.r < 0.5");
            }
        };

        static final UDF1<Long, String> ANY =
                ignored -> SyntheticGenes.accession(ThreadLocalRandom.current().nextLong(GENES));

        abstract Dataset<Row> read(Dataset<Row> known);
    }

    @BeforeAll
    static void session(SparkSession plain) {
        plain.createDataset(
                        LongStream.range(0, GENES)
                                .mapToObj(SyntheticGenes::accession)
                                .toList(),
                        Encoders.STRING())
                .toDF("transcript")
                .withColumn("number", expr("monotonically_increasing_id() % 400"))
                .repartition(3)
                .write()
                .parquet(directory.resolve("known").toString());
        spark = LookupTables.extended(new NcbiGeneExtensions());
    }

    static Stream<Arguments> sides() {
        List<Arguments> sides = new ArrayList<>();
        for (Side side : Side.values()) {
            for (String join : List.of("left", "inner", "left_semi")) {
                for (boolean adaptive : new boolean[] {true, false}) {
                    sides.add(Arguments.of(side, join, "10MB", adaptive));
                    if (join.equals("inner")) {
                        sides.add(Arguments.of(side, join, "-1", adaptive));
                    }
                }
            }
        }
        // Each side is in the sample, and so is each way to join it.
        return Sample.oneIn(7, sides).stream();
    }

    @ParameterizedTest(name = "{0}, {1}, broadcast up to {2}, adaptive {3}")
    @MethodSource("sides")
    void everyRowFindsItsGene(Side side, String join, String broadcast, boolean adaptive) {
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);
        spark.conf().set("spark.sql.autoBroadcastJoinThreshold", broadcast);
        Dataset<Row> other =
                side.read(spark.read().parquet(directory.resolve("known").toString()));
        Dataset<Row> genes = LookupTables.genes(spark, SERVICE.baseUrl()).load();

        Dataset<Row> joined = other.join(genes, other.col("transcript").equalTo(genes.col("accession")), join);
        List<Row> rows = joined.select(
                        join.equals("left_semi")
                                ? List.of(other.col("transcript")).toArray(org.apache.spark.sql.Column[]::new)
                                : List.of(other.col("transcript"), genes.col("symbol"))
                                        .toArray(org.apache.spark.sql.Column[]::new))
                .collectAsList();

        assertThat(rows).isNotEmpty().noneMatch(Row::anyNull);
        Set<String> keys = rows.stream().map(row -> row.getString(0)).collect(Collectors.toSet());
        assertThat(SERVICE.requests().stream().flatMap(request -> request.ids().stream()))
                .containsExactlyInAnyOrderElementsOf(keys);
    }
}
