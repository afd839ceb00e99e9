"""Registers the data source in pure Python, for Sparks that take no jar."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._errors import NcbiGeneError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_DIRECTORY = Path(__file__).parent


def register(spark: SparkSession) -> SparkSession:
    """Makes ``ncbi-gene`` known to a session without any jar: a data source in pure Python, for Spark 4.0 or later.

    For Databricks serverless and standard access mode, and servers of Spark Connect that take no jars. It reads gene
    and product reports by accession, GeneID, locus tag, and symbol with taxon, with the same columns and rows. What it
    does not do is an error that names it. See docs/python.md.

    :return: the session
    """
    if not hasattr(spark, "dataSource"):
        raise NcbiGeneError(
            "NCBI_GENE_NO_PYTHON_SOURCE",
            "This Spark takes no data sources in Python: that needs 4.0 or later. Use spark_ncbi_gene.enable(spark).",
        )
    module = importlib.import_module("spark_ncbi_gene._source")
    source: Any = module.NcbiGeneDataSource
    source.registries = {
        report: (_DIRECTORY / f"{report}-fields.tsv").read_text(encoding="utf-8") for report in ("gene", "product")
    }
    # Workers need not have this package.
    cloudpickle: Any = importlib.import_module("pyspark.cloudpickle")
    cloudpickle.register_pickle_by_value(sys.modules["spark_ncbi_gene._source"])
    try:
        spark.dataSource.register(source)
    except Exception as error:
        if "DATA_SOURCE_ALREADY_EXISTS" in str(error):
            raise NcbiGeneError(
                "NCBI_GENE_CONFLICTING_OPTIONS",
                "The session has the data source of the jar, which does more. There is no need for this one.",
            ) from None
        raise
    return spark
