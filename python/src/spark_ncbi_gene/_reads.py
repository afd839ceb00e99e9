"""Reads of gene and product reports from lists that Python holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._errors import NcbiGeneError
from ._identifiers import is_path, option_value
from ._interrupt import mark

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def genes(spark: SparkSession, ids: Any = None, **options: Any) -> DataFrame:
    """Reads NCBI's gene report: a row for each identifier and gene.

    Sends nothing until the result is used::

        genes(spark, table["accession"])                     # a column of pandas
        genes(spark, "accessions.txt", mode="FAILFAST")      # a file, one a line
        genes(spark, gene_ids=[59067, 7157])
        genes(spark, symbols=["TP53", "IL21"], taxon="human")

    :param ids: accessions: a list, tuple, set, Series, array or Index, a path, or text such as ``"NM_1.1,NP_1.1"``
    :param options: options of the data source, see docs/options.md; lists may be of any of these kinds too
    :raises NcbiGeneError: where a list holds something that is no identifier, with its place
    """
    return _read(spark, ids, {"report": "gene", **options})


def products(spark: SparkSession, ids: Any = None, **options: Any) -> DataFrame:
    """Reads NCBI's product report: a row for each identifier, gene and transcript. See :func:`genes`."""
    return _read(spark, ids, {"report": "product", **options})


def locations(spark: SparkSession, ids: Any = None, **options: Any) -> DataFrame:
    """Reads where genes lie: a row for each identifier, gene and place on an assembly. See :func:`genes`."""
    return _read(spark, ids, {"report": "location", **options})


def transcripts(spark: SparkSession, ids: Any = None, **options: Any) -> DataFrame:
    """Reads transcripts, and which are MANE or RefSeq Select: a row for each identifier, gene and transcript.

    See :func:`genes`.
    """
    return _read(spark, ids, {"report": "transcript", **options})


def _read(spark: SparkSession, ids: Any, options: dict[str, Any]) -> DataFrame:
    if ids is not None:
        name = "accessions_path" if is_path(ids) else "accessions"
        if name in options:
            raise NcbiGeneError("NCBI_GENE_CONFLICTING_OPTIONS", f"Both ids and {name} are given. Give one of them.")
        options[name] = ids
    texts = {name: option_value(name, value) for name, value in options.items()}
    mark(spark)
    given: dict[str, Any] = {name: text for name, text in texts.items() if text is not None}
    return spark.read.format("ncbi-gene").options(**given).load()
