"""``lookup`` beside the Java helper, and on Spark Connect; what people do with the result."""

import re
import time

import pytest
from pyspark.sql import DataFrame

from spark_ncbi_gene import (
    NcbiGeneError,
    ambiguous,
    flat,
    genes,
    lookup,
    not_found,
    products,
    same_gene,
    short_errors,
)

VARIANTS = """SELECT * FROM VALUES
  ('v1', 'NM_021803.4', 59067L, 'b0001', 'IL21', 'human', 9606D, 'NP_068575.1'),
  ('v2', '  NM_000546.6 ', 7157L, ' b0002', 'p53', 'mouse', 10090D, ' NP_000537.3'),
  ('v3', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('v4', 'NM_021803.4', 59067L, 'b0001', 'P53', 'human', 9606D, 'NP_068575'),
  ('v5', 'NM_000000.0', 999999999L, 'nonsense', 'NOTAGENE', 'human', 9606D, 'NP_000000.0'),
  ('v6', 'none of,these', -1L, '', 'TP53', 'human', 9606D, 'NM_021803.4')
  AS v(id, transcript, gene, tag, name, species, taxid, protein)"""


def java(spark, data, key, on, how, prefix, options):
    helper = spark._jvm.io.github.sparkncbigene.join.NcbiGeneLookup.of(data._jdf, key).on(on).prefix(prefix)
    for name, value in options.items():
        if name == "taxon_column":
            helper = helper.taxonColumn(value)
        elif name == "exact":
            helper = helper.exact()
        else:
            helper = helper.option(name, value)
    return DataFrame(helper.left() if how == "left" else helper.inner(), spark)


CASES = [
    ("transcript", "accession", "left", "", {}),
    ("transcript", "accession", "inner", "ncbi_", {}),
    ("transcript", "accession", "left", "", {"report": "product"}),
    ("transcript", "accession", "left", "", {"mode": "DROPMALFORMED"}),
    ("transcript", "transcript_accession", "left", "", {}),
    ("protein", "protein_accession", "inner", "ncbi_", {"report": "product"}),
    ("transcript", "accession", "inner", "", {"table_fields": "accession,symbol,gene-id"}),
    ("gene", "gene_id", "left", "", {}),
    ("gene", "gene_id", "inner", "", {}),
    ("tag", "locus_tag", "left", "", {}),
    ("name", "symbol", "left", "", {"taxon": "human"}),
    ("name", "symbol", "inner", "ncbi_", {"taxon": 9606}),
    ("name", "symbol", "left", "", {"taxon_column": "species"}),
    ("name", "symbol", "left", "", {"taxon_column": "taxid", "report": "product"}),
    ("name", "symbol", "left", "", {"taxon_column": "taxid", "exact": True}),
]


@pytest.mark.parametrize(("key", "on", "how", "prefix", "options"), CASES)
@pytest.mark.sample
def test_equals_the_java_helper(classic, service, key, on, how, prefix, options):
    data = classic.sql(VARIANTS)
    expected = java(classic, data, key, on, how, prefix, options)
    wanted = sorted(map(str, expected.collect()))
    asked = service.identifiers()
    service.reset()

    found = lookup(data, key, on=on, how=how, prefix=prefix, **options)

    assert found.schema == expected.schema
    assert sorted(map(str, found.collect())) == wanted
    assert service.identifiers() == asked


@pytest.mark.parametrize("on", ["accession", "gene_id"])
@pytest.mark.sample
def test_null_padded_and_duplicate_keys(spark, service, on):
    data = spark.sql(VARIANTS)
    key = "transcript" if on == "accession" else "gene"

    found = lookup(data, key, on=on).select("id", "symbol").collect()

    rows = sorted((row.id, row.symbol) for row in found)
    assert rows == [("v1", "IL21"), ("v2", "TP53"), ("v3", None), ("v4", "IL21"), ("v5", None), ("v6", None)]
    # GeneIDs come in a table, which does not say that one is unknown: it is requested once more.
    unknown = ["NM_000000.0"] if on == "accession" else ["999999999"] * 2
    known = ["NM_000546.6", "NM_021803.4"] if on == "accession" else ["59067", "7157"]
    assert service.identifiers() == sorted([*unknown, *known])


@pytest.mark.sample
def test_rows_of_transcripts_and_proteins(classic, service):
    data = classic.sql(
        """SELECT * FROM VALUES ('v1', 'NM_007294.4', 'NP_009225.1'), ('v2', ' NM_021803 ', 'NP_068575'),
          ('v3', NULL, NULL), ('v4', 'NM_007294.4', 'NP_009225.1'), ('v5', 'NM_000000.0', 'NP_000000.0')
          AS v(id, transcript, protein)"""
    )

    def rows(key, on, how="left"):
        found = lookup(data, key, on=on, how=how, report="product")
        return sorted(
            (row.id, row.symbol, row.transcript_accession, row.protein_accession)
            for row in found.select("id", "symbol", "transcript_accession", "protein_accession").collect()
        )

    brca1 = ("BRCA1", "NM_007294.4", "NP_009225.1")
    il21 = ("IL21", "NM_021803.4", "NP_068575.1")
    none = (None, None, None)
    expected = [("v1", *brca1), ("v2", *il21), ("v3", *none), ("v4", *brca1), ("v5", *none)]
    assert rows("transcript", "transcript_accession") == expected
    assert service.identifiers() == ["NM_000000.0", "NM_000000.0", "NM_007294.4", "NM_021803"]
    assert all("table_fields" in str(request) for request in service.requests()[:1])
    assert rows("protein", "protein_accession") == expected
    assert rows("protein", "protein_accession", "inner") == [row for row in expected if row[0] != "v3"]


def test_no_keys_at_all(spark, service):
    data = spark.sql("SELECT 'v1' AS id, cast(NULL AS STRING) AS transcript")

    assert [(row.id, row.symbol) for row in lookup(data, "transcript").collect()] == [("v1", None)]
    assert lookup(data, "transcript", how="inner").collect() == []
    assert service.requests() == []


@pytest.mark.parametrize(
    ("door", "keys"),
    [
        ("classic", 20_000),
        ("connect", 20_000),
        pytest.param("classic", 100_000, marks=pytest.mark.long),
        pytest.param("connect", 1_000_000, marks=pytest.mark.long),
    ],
)
def test_many_keys(request, service, door, keys):
    spark = request.getfixturevalue(door)
    data = spark.range(keys).selectExpr("id", "concat('NM_9', lpad(cast(id AS STRING), 8, '0')) AS transcript")
    started = time.monotonic()

    found = lookup(data, "transcript").selectExpr("count(*)", "count(accession)").first()

    print(f"\n{keys:,} keys by {door} in {time.monotonic() - started:.1f} s")
    assert tuple(found) == (keys, keys)
    assert len(service.requests()) == keys // 1000


def test_data_that_changes_is_an_error(spark, service, tmp_path):
    path = tmp_path / "transcripts.txt"
    path.write_text("NM_021803.4")
    found = lookup(spark.read.text(str(path)), "value")
    path.write_text("NM_000546.6")

    with pytest.raises(NcbiGeneError) as changed, short_errors():
        found.collect()

    assert changed.value.code == "NCBI_GENE_DATA_CHANGED"
    assert "not among its keys before was 'NM_000546.6'. Cache the data first" in changed.value.message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"key": "transcript", "on": "synonym"}, "Genes cannot be looked up by 'synonym'. Look them up by accession,"),
        ({"key": "transcript", "how": "outer"}, "how is 'outer'. Give 'left' or 'inner'."),
        ({"key": "transcript", "Gene-IDs": [1]}, "The column 'transcript' says which genes are looked up. Drop the"),
        (
            {"key": "transcript", "table_fields": "symbol"},
            "What is read of genes has no column accession. Look them",
        ),
        ({"key": "id"}, "Both the data and the genes have a column symbol. Rename the data's, or give the genes'"),
    ],
)
def test_refusals(spark, service, arguments, message):
    data = spark.sql("SELECT 'v1' AS id, 'NM_021803.4' AS transcript, 'mine' AS symbol")

    with pytest.raises(NcbiGeneError) as refused:
        lookup(data, **arguments)

    assert refused.value.code == "NCBI_GENE_CONFLICTING_OPTIONS"
    assert refused.value.message.startswith(message)
    assert service.requests() == []


def test_not_found(spark, service):
    reads = genes(spark, ["NM_021803.4", "NM_000000.0"])
    by_id = genes(spark, gene_ids=[59067, 999999999])
    looked_up = lookup(spark.sql(VARIANTS), "transcript", prefix="ncbi_")

    for frame, identifier, prefix in (
        (reads, "NM_000000.0", ""),
        (by_id, "999999999", ""),
        (looked_up, "NM_000000.0", "ncbi_"),
        (products(spark, ["NM_021803.4", "NM_000000.0"]), "NM_000000.0", ""),
    ):
        missing = sorted((row.identifier, row.code) for row in not_found(frame, prefix).collect())
        malformed = [("none of,these", "INVALID_ACCESSION")] if prefix else []
        assert missing == [(identifier, "NOT_FOUND"), *malformed]
    column = spark.sql("SELECT * FROM VALUES ('NM_021803.4'), ('NM_000000.0') AS t (Accession)")
    assert [row.identifier for row in not_found(lookup(column, "Accession")).collect()] == ["NM_000000.0"]
    assert not_found(reads).first().reason.startswith("NCBI returned nothing for accession NM_000000.0")


def test_not_found_needs_its_columns(classic):
    with pytest.raises(NcbiGeneError, match="has no column warnings and no gene_id"):
        not_found(classic.range(1))


def test_ambiguous(spark, service):
    service_answers = genes(spark, symbols=["TP53", "IL21"], taxon="human")
    doubled = service_answers.selectExpr("'NM_1.1' AS accession", "gene_id").union(
        service_answers.selectExpr("concat('NM_', gene_id) AS accession", "gene_id")
    )

    assert sorted((row.accession, row.gene_id) for row in ambiguous(doubled).collect()) == [
        ("NM_1.1", 7157),
        ("NM_1.1", 59067),
    ]


def test_ambiguous_symbols_and_those_of_one_gene(spark, service):
    found = genes(spark, symbols=["tp53", "P53", "IL21"], taxon="human")
    looked_up = lookup(spark.sql(VARIANTS), "name", on="symbol", taxon="human", prefix="ncbi_")

    assert ambiguous(found).count() == 0
    assert sorted(row._requested for row in same_gene(found).select("_requested", "gene_id").collect()) == [
        "P53",
        "tp53",
    ]
    assert sorted(row.id for row in same_gene(looked_up, "ncbi_", by="name").collect()) == ["v2", "v4", "v6"]
    assert ambiguous(looked_up, "ncbi_", by="name").count() == 0


def test_symbols_need_a_taxon(spark, service):
    with pytest.raises(NcbiGeneError, match='Give taxon="human", or taxon_column="tax_id" with a column of the data'):
        lookup(spark.sql(VARIANTS), "name", on="symbol")
    with pytest.raises(NcbiGeneError, match="Both the option taxon and the column 'species' name the taxa of symbols"):
        lookup(spark.sql(VARIANTS), "name", on="symbol", taxon="human", taxon_column="species")
    with pytest.raises(NcbiGeneError, match="Only symbols are looked up by taxon, not gene_id"):
        lookup(spark.sql(VARIANTS), "gene", on="gene_id", taxon_column="species")
    assert service.requests() == []


@pytest.mark.sample
def test_flat_has_a_row_for_each_gene_and_assembly(spark, service):
    table = flat(genes(spark, ["NM_021803.4", "NM_000000.0"]))

    kinds = {field.dataType.simpleString() for field in table.schema.fields}
    assert kinds <= {"string", "bigint", "int", "date"}
    rows = sorted((row.accession, row.assembly_name or "", row.symbol, row.warning) for row in table.collect())
    assert rows == [
        ("NM_000000.0", "", None, "NOT_FOUND"),
        ("NM_021803.4", "GRCh38.p14", "IL21", None),
        ("NM_021803.4", "T2T-CHM13v2.0", "IL21", None),
    ]
    first = table.where("assembly_name = 'GRCh38.p14'").first()
    assert (first.chromosomes, first.genomic_accession, first.locations) == ("4", "NC_000004.12", 1)
    assert first.begin < first.end


TYPES = [
    ("'7157.0'", "gene_id"),
    ("CAST(7157 AS DOUBLE)", "gene_id"),
    ("CAST(7157.5 AS DOUBLE)", "gene_id"),
    ("CAST('NaN' AS DOUBLE)", "gene_id"),
    ("CAST(7157 AS DECIMAL(10, 2))", "gene_id"),
    ("CAST(7157 AS SMALLINT)", "gene_id"),
    ("CAST(20000001 AS FLOAT)", "gene_id"),
    ("NULL", "gene_id"),
    ("DATE'2020-01-01'", "gene_id"),
    ("7157", "accession"),
    ("ARRAY('NM_021803.4')", "accession"),
    ("'NM_021803.4:c.1A>G'", "accession"),
    ("concat('\u00a0NM_021803.4', char(9))", "accession"),
]


@pytest.mark.parametrize(("key", "on"), TYPES)
def test_types_of_keys_as_the_java_helper(classic, service, key, on):
    data = classic.sql(f"SELECT {key} AS k")

    def outcome(look):
        try:
            return sorted(map(str, look().collect()))
        except Exception as error:
            return re.search(r"\[(NCBI_GENE_\w+)\] [^\n,]*", str(error)).group()

    by_java = outcome(lambda: java(classic, data, "k", on, "left", "", {}))
    asked = service.identifiers()
    service.reset()

    assert outcome(lambda: lookup(data, "k", on=on)) == by_java
    assert service.identifiers() == asked
