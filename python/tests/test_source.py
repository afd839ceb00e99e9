"""The data source in pure Python: its sessions, errors, rate and key. What its rows are: see test_equal.py."""

import subprocess
import sys
import time

import pytest
from conftest import VERSION
from test_lookup import VARIANTS

from spark_ncbi_gene import NcbiGeneError, genes, lookup, products, register, short_errors

if VERSION < (4, 0):
    pytest.skip("Spark 3.5 takes no data sources in Python", allow_module_level=True)

SYNTHETIC = [f"NM_9{number:08}" for number in range(0, 4000, 2)]
KNOWN = ["NM_021803.4", "NM_021803", "NP_068575.1", "NM_000546.6", "NM_007294.4", "NM_004333.6", "NM_003002.4"]
READS = {
    "known genes": (genes, [*KNOWN, "NM_000000.0"], {}),
    "known products": (products, [*KNOWN, "NM_000000.0"], {}),
    "GeneIDs": (genes, None, {"gene_ids": [59067, 7157, 999999999]}),
    "symbols": (genes, None, {"symbols": ["TP53", "IL21", "nonsense"], "taxon": "human"}),
}


def on(service, options):
    return {**options, "base_url": service.base_url, "requests_per_second": "0"}


@pytest.mark.parametrize("name", READS)
def test_metadata_columns_are_there_by_an_option(classic, pure, service, name):
    read, ids, options = READS[name]
    shown = ("_requested", "gene_id", "array_join(array_sort(_query), ',') AS q", "_retrieved_at IS NULL AS never")

    java = read(classic, ids, **on(service, options)).selectExpr(*shown).collect()
    python = read(pure, ids, metadata=True, **on(service, options)).selectExpr(*shown).collect()

    assert sorted(map(str, python)) == sorted(map(str, java))


def test_symbols_are_looked_up_by_what_was_requested(pure, service):
    data = pure.sql("SELECT * FROM VALUES (1, 'p53'), (2, 'IL21'), (3, 'NOTAGENE') AS t(n, gene)")

    found = lookup(data, "gene", on="symbol", taxon="human", **on(service, {}))

    assert "_requested" not in found.columns
    assert sorted((row.n, row.tax_id, row.gene_id) for row in found.collect()) == [
        (1, 9606, 7157),
        (2, 9606, 59067),
        (3, None, None),
    ]


LOOK_UPS = [
    ("transcript", {}),
    ("transcript", {"report": "product"}),
    ("transcript", {"on": "transcript_accession"}),
    ("transcript", {"on": "transcript_accession", "how": "inner", "prefix": "ncbi_"}),
    ("protein", {"on": "protein_accession"}),
    ("protein", {"on": "protein_accession", "mode": "DROPMALFORMED"}),
    ("protein", {"on": "protein_accession", "exact": True}),
    ("gene", {"on": "gene_id"}),
    ("tag", {"on": "locus_tag", "how": "inner"}),
]


@pytest.mark.parametrize(("key", "options"), LOOK_UPS, ids=str)
def test_look_ups_give_the_rows_of_the_jar(classic, pure, service, key, options):
    java = lookup(classic.sql(VARIANTS), key, **on(service, options))
    wanted = sorted(map(str, java.collect()))
    asked = set(service.identifiers())
    service.reset()

    python = lookup(pure.sql(VARIANTS), key, **on(service, options))

    assert python.schema == java.schema
    assert sorted(map(str, python.collect())) == wanted
    assert set(service.identifiers()) == asked
    assert len(service.requests()) == 1


@pytest.mark.parametrize("key", ["accession", "transcript_accession"])
def test_a_look_up_without_keys_sends_nothing(pure, service, key):
    data = pure.sql("SELECT 'v1' AS id, cast(NULL AS STRING) AS transcript")

    assert lookup(data, "transcript", on=key, **on(service, {})).select("id", "symbol").collect() == [("v1", None)]
    assert service.requests() == []


def test_malformed_accessions_are_rows_and_not_sent(classic, pure, service):
    ids = ["NM_021803.4", "NM_021803.4:c.1A>G", "59067", "nan"]

    shown = ("accession", "symbol", "warnings[0].code AS code")

    python = genes(pure, ids, **on(service, {})).selectExpr(*shown).collect()
    assert service.identifiers() == ["NM_021803.4"]
    java = genes(classic, ids, **on(service, {})).selectExpr(*shown).collect()

    assert sorted(map(str, python)) == sorted(map(str, java))


FOUND = """
import sys
from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
genes = spark.read.format("ncbi-gene").option("base_url", sys.argv[1]).option("accessions", "NM_021803.4").load()
print("found", genes.first().symbol, "_query" in genes.columns)
from spark_ncbi_gene import ambiguous, enable, lookup, register

looked_up = lookup(spark.sql("SELECT 'NM_021803.4' AS t"), "t", on="transcript_accession", base_url=sys.argv[1])
print("looked up", looked_up.first().protein_accession, ambiguous(looked_up, by="t").count())
print("registered", register(spark) is spark)
jar = enable(spark).read.format("ncbi-gene").option("base_url", sys.argv[1]).option("accessions", "NM_021803.4").load()
print("jar", jar.select("_query").first()._query)
spark.stop()
"""


def test_spark_finds_it_by_itself_and_a_jar_goes_before_it(service, tmp_path):
    script = tmp_path / "found.py"
    script.write_text(FOUND)

    done = subprocess.run([sys.executable, script, service.base_url], capture_output=True, text=True, timeout=180)

    assert done.returncode == 0, done.stderr[-3000:]
    looked_up = "looked up NP_068575.1 0"
    assert done.stdout.splitlines() == ["found IL21 False", looked_up, "registered True", "jar ['NM_021803.4']"]
    assert "ERROR" not in done.stderr


def test_registered_where_the_jar_is(classic, connect):
    for session in (classic, connect):
        try:
            register(session)
        except NcbiGeneError as refused:
            assert "There is no need for this one." in refused.message


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"mode": "FAILFAST"}, "NOT_FOUND", "NCBI returned nothing for accession 'NM_000000.0', and mode is FAILFAST."),
        (
            {"max_page": 3},
            "UNKNOWN_OPTION",
            "Option 'max_page' is not known. The data source in pure Python takes",
        ),
        (
            {"cache_path": "/x"},
            "CONFLICTING_OPTIONS",
            "Option cache_path is not one of the data source in pure Python. The jar's data source takes it; this one",
        ),
        (
            {"accessions_path": "/x"},
            "CONFLICTING_OPTIONS",
            "Option accessions_path is not one of the data source in pure Python. Give the file's lines as accessions.",
        ),
        ({"report": "location"}, "CONFLICTING_OPTIONS", "Option report is 'location', a view that only the jar's"),
        ({"taxon": "human"}, "CONFLICTING_OPTIONS", "The data source in pure Python reads no whole taxon, and only"),
        (
            {"accessions": None, "gene_ids": [1], "report": "product", "accession_rows": "transcript"},
            "CONFLICTING_OPTIONS",
            "Option accession_rows = transcript is for a list of accessions; give accessions, or drop it.",
        ),
        ({"gene_ids": [1]}, "SEVERAL_SELECTORS", "Options accessions and gene_ids each say which genes to read."),
        ({"base_url": "http://example.org"}, "INVALID_OPTION", "Option base_url must start with https"),
        (
            {"max_retries": "many"},
            "INVALID_OPTION",
            "Option max_retries is 'many'. Give a whole number from 0 to",
        ),
    ],
)
def test_errors_name_what_is_wrong(pure, service, options, code, words):
    with pytest.raises(NcbiGeneError) as refused, short_errors():
        genes(pure, **{"accessions": ["NM_000000.0"], **on(service, {}), **options}).collect()

    assert refused.value.code == f"NCBI_GENE_{code}"
    assert refused.value.message.startswith(words)


def test_the_rate_holds_over_partitions(pure, service):
    started = time.monotonic()
    options = {**on(service, {}), "requests_per_second": "10", "batch_size": "20", "max_partitions": "2"}

    assert genes(pure, SYNTHETIC[:800], **options).count() == 800

    arrived = sorted(request["arrived"] for request in service.requests())
    assert len(arrived) == 40
    assert time.monotonic() - started >= 3.0
    from datetime import datetime

    times = [datetime.fromisoformat(text[:26].rstrip("Z")).timestamp() for text in arrived]
    # The service sees a request later than it left, and on a busy machine by more; test_rate.py knows when it left.
    assert all(times[index + 10] - times[index] >= 0.7 for index in range(len(times) - 10))


def test_a_key_from_a_file_is_stripped_and_one_that_cannot_be_sent_is_not_shown(pure, service):
    genes(pure, KNOWN, **on(service, {"api_token": "made-up-key\n"})).collect()
    for options in ({"api_token": "made up key"}, {"api_key": "\u201cmade-up-key\u201d"}):
        with pytest.raises(NcbiGeneError) as refused, short_errors():
            genes(pure, KNOWN, **on(service, options)).collect()
        assert refused.value.message == f"Option {next(iter(options))} must be printable ASCII without spaces."


@pytest.mark.parametrize("fault", [{"fault": "status", "status": 504}, {"fault": "status", "status": 408}])
def test_one_identifier_that_is_slow_is_requested_again(pure, service, fault):
    service.faults({**fault, "next": 1})

    rows = genes(pure, ["NM_021803.4"], **on(service, {"retry_wait": "1ms"})).collect()

    assert [row.symbol for row in rows] == ["IL21"]
    assert len(service.requests()) == 2


def test_the_key_is_in_no_plan(pure, service, monkeypatch):
    frame = genes(pure, KNOWN, **on(service, {"api_token": "made-up-key"}))

    assert "made-up-key" not in frame._explain_string(extended=True)
    frame.collect()
