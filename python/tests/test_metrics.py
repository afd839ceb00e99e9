"""The figures of a query's scans."""

import pytest

from spark_ncbi_gene import NcbiGeneError, genes, lookup, metrics


def test_they_are_those_of_the_collected_query(classic, service):
    found = genes(classic, ["NM_021803.4", "NM_000546.6", "NM_000000.0"])
    assert metrics(found)["identifiersRequested"] == 0

    found.collect()

    counted = metrics(found)
    assert (counted["identifiersRequested"], counted["requests"], counted["notFound"], counted["rows"]) == (3, 1, 1, 3)
    assert counted["requests"] == len(service.requests())


def test_they_add_up_over_scans_and_below_adaptive_plans(classic, service):
    data = classic.sql("SELECT * FROM VALUES ('a', 'NM_021803.4'), ('b', 'NM_000546.6') AS t(id, transcript)")
    found = lookup(data, "transcript").groupBy("symbol").count()
    both = found.union(found)

    both.collect()

    assert metrics(both)["requests"] == len(service.requests())
    assert metrics(classic.range(3)) == {}


def test_clients_of_spark_connect_do_not_see_them(connect):
    with pytest.raises(NcbiGeneError) as refused:
        metrics(genes(connect, ["NM_021803.4"]))

    assert refused.value.message.startswith("Clients of Spark Connect do not see the metrics of scans.")
