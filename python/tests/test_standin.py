"""The stand-in inside a with block."""

import subprocess
import sys

import pytest

from spark_ncbi_gene import NcbiGeneError, StandIn, genes, short_errors, standin


def test_reads_go_to_it_inside_the_block_only(spark):
    before = spark.conf.get("spark.datasource.ncbi-gene.base_url")

    with standin(spark, genes=10) as service:
        found = genes(spark, ["NM_021803.4", "NM_900000002.1", "NM_900000030.1"]).collect()
        assert sorted((row.accession, row.gene_id is not None) for row in found) == [
            ("NM_021803.4", True),
            ("NM_900000002.1", True),
            ("NM_900000030.1", False),
        ]
        assert len(service.requests) == 1
        service.reset()
        assert service.requests == []

    assert spark.conf.get("spark.datasource.ncbi-gene.base_url") == before


IN_SQL = "SELECT symbol FROM ncbi.gene WHERE accession = 'NM_021803.4'"


def test_the_catalog_goes_to_it_too_though_the_session_has_used_it(spark, service):
    assert spark.sql(IN_SQL).first().symbol == "IL21"
    for _ in range(2):
        with standin(spark, genes=10) as other:
            assert spark.sql(IN_SQL).first().symbol == "IL21"
            assert len(other.requests) == 1
    assert len(service.requests()) == 1

    assert spark.sql(IN_SQL).first().symbol == "IL21"
    assert len(service.requests()) == 2


def test_it_runs_until_it_is_stopped(classic, service):
    other = standin(classic, genes=10)
    assert genes(classic, ["NM_021803.4"]).first().symbol == "IL21"
    assert len(other.requests) == 1

    other.stop()
    other.stop()

    with pytest.raises(OSError, match="refused"):
        _ = other.requests
    assert genes(classic, ["NM_021803.4"]).first().symbol == "IL21"
    assert len(service.requests()) == 1


def test_it_ends_with_the_program():
    text = "from spark_ncbi_gene import standin; print(standin().base_url)"
    url = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout.strip()

    with pytest.raises(OSError, match="refused"):
        _ = StandIn(url).requests


INTERRUPTED = """
import os, signal, time
from spark_ncbi_gene import standin
service = standin(genes=10)
try:
    os.killpg(0, signal.SIGINT)
    time.sleep(30)
except KeyboardInterrupt:
    time.sleep(1)
    print(service.requests)
"""


def test_an_interrupt_of_the_terminal_leaves_it_running():
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, timeout=60, start_new_session=True
    )

    assert ran.stdout == "[]\n", ran.stderr


def test_reports_of_the_user(classic):
    mine = {
        "gene_id": "42",
        "symbol": "MINE",
        "tax_id": "9606",
        "taxname": "Homo sapiens",
        "type": "PROTEIN_CODING",
        "locus_tag": "mine_0001",
    }
    with standin(classic, genes=[mine]) as service:
        assert genes(classic, gene_ids=[42]).first().symbol == "MINE"
        service.faults({"fault": "status", "status": 404, "next": 1})
        with pytest.raises(NcbiGeneError) as refused, short_errors():
            genes(classic, ["NM_000546.6"]).collect()
        assert refused.value.code == "NCBI_GENE_REQUEST_REFUSED"


def test_without_java(monkeypatch):
    monkeypatch.setenv("JAVA_HOME", "/nowhere")

    with pytest.raises(NcbiGeneError) as refused, standin():
        pass

    assert refused.value.code == "NCBI_GENE_NO_STANDIN"
    assert "Install Java 17, or set JAVA_HOME to it." in refused.value.message
