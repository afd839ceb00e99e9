"""How long the data source in pure Python takes, at NCBI's rate and without one; on a machine of its own."""

import time

import pytest
from conftest import VERSION, Process, Service, java

from spark_ncbi_gene import enable, genes, register

if VERSION < (4, 0):
    pytest.skip("Spark 3.5 takes no data sources in Python", allow_module_level=True)

IDS = [f"NM_9{number:08}" for number in range(0, 200_000, 2)]


def service(*options):
    import spark_ncbi_gene_standin

    jar = spark_ncbi_gene_standin.jar()
    process = Process(java(), "-jar", jar, "--port", "0", "--synthetic", "1000000", "--compact", *options)
    return process, Service(process.await_line(r"Listening on (\S+)").group(1))


def seconds(read):
    started = time.monotonic()
    # As a query that needs all columns, whose result goes nowhere.
    read.write.format("noop").mode("overwrite").save()
    return time.monotonic() - started


@pytest.fixture
def session(tmp_path):
    from pyspark.sql import SparkSession

    return SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()


@pytest.mark.long
def test_100_000_genes_at_ten_requests_a_second_take_hardly_longer_than_these_take(session, capsys):
    process, slow = service("--latency", "1000")
    try:
        pure = register(session.newSession())
        options = {"base_url": slow.base_url, "requests_per_second": "10"}
        seconds(genes(pure, IDS[:10], **options))
        slow.reset()
        took = seconds(genes(pure, IDS, **options))
        requests = len(slow.requests())
        # One response after the last request.
        floor = (requests - 1) / 10 + 1
        with capsys.disabled():
            print(f"\n{len(IDS)} genes, {requests} requests: {took:.1f} s, {took / floor:.2f} of {floor:.1f} s")
        assert requests == 100
        assert took <= 1.2 * floor
    finally:
        process.close()


@pytest.mark.long
def test_beside_the_jar_without_a_rate(session, capsys):
    process, fast = service()
    try:
        options = {"base_url": fast.base_url, "requests_per_second": "0"}
        found = {}
        pure = register(session.newSession())
        for name, reader in (("Python", pure), ("Java", None)):
            # The jar's source overrides the other from then on.
            reader = reader or enable(session.newSession())
            seconds(genes(reader, IDS[:1000], **options))
            found[name] = min(seconds(genes(reader, IDS, **options)) for _ in range(3))
        with capsys.disabled():
            print(f"\n{len(IDS)} genes without a rate: {found}, ratio {found['Python'] / found['Java']:.1f}")
        # Not a target; it tells of a change.
        assert found["Python"] < 20 * found["Java"]
    finally:
        process.close()
