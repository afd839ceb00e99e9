"""Registers the data source in pure Python, for Sparks that take no jar."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._door import has_source
from ._errors import NcbiGeneError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_DIRECTORY = Path(__file__).parent


def register(spark: SparkSession) -> SparkSession:
    """Makes ``ncbi-gene`` known to a session without any jar: a data source in pure Python, for Spark 4.0 or later.

    For Databricks serverless and standard access mode, and servers of Spark Connect that take no jars. It reads gene
    and product reports by accession, GeneID, locus tag, and symbol with taxon, with the same columns and rows. What it
    does not do is an error that names it. See docs/python.md.

    Where the driver's Python, or that of the server, has this package, Spark finds the data source without this call.

    :return: the session
    """
    if not hasattr(spark, "dataSource"):
        raise NcbiGeneError(
            "NCBI_GENE_NO_PYTHON_SOURCE",
            "This Spark takes no data sources in Python: that needs 4.0 or later. Use spark_ncbi_gene.enable(spark).",
        )
    try:
        spark.dataSource.register(pure_source())
    except Exception as error:
        if "DATA_SOURCE_ALREADY_EXISTS" not in str(error):
            raise
        if has_source(spark):
            raise NcbiGeneError(
                "NCBI_GENE_CONFLICTING_OPTIONS",
                "The session has the data source of the jar, which does more. There is no need for this one.",
            ) from None
        # Spark has found this one by itself.
    return spark


def pure_source() -> Any:
    """The class of the data source in pure Python, made so that workers need not have this package."""
    source: Any = importlib.import_module("spark_ncbi_gene._pure.source").NcbiGeneDataSource
    source.registries = {
        report: (_DIRECTORY / f"{report}-fields.tsv").read_text(encoding="utf-8") for report in ("gene", "product")
    }
    cloudpickle: Any = importlib.import_module("pyspark.cloudpickle")
    cloudpickle.register_pickle_by_value(importlib.import_module("spark_ncbi_gene._pure"))
    return source
