"""NCBI's gene records as Spark DataFrames.

See docs/python.md of the project, and the functions of this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import _notebook
from ._door import JAR
from ._errors import NcbiGeneError, short_errors
from ._frames import ambiguous, flat, not_found, same_gene
from ._lookup import lookup
from ._metrics import metrics
from ._progress import progress
from ._reads import genes, locations, products, transcripts
from ._register import register
from ._session import configure, enable
from ._standin import StandIn, standin

__all__ = [
    "NcbiGeneError",
    "StandIn",
    "ambiguous",
    "configure",
    "enable",
    "flat",
    "genes",
    "jar",
    "locations",
    "lookup",
    "metrics",
    "not_found",
    "products",
    "progress",
    "register",
    "same_gene",
    "short_errors",
    "standin",
    "transcripts",
]


def jar() -> Path:
    """The path of the connector's jar, for ``--jars``."""
    return JAR


def load_ipython_extension(shell: Any) -> None:
    """Called by ``%load_ext spark_ncbi_gene``: short errors, progress, interrupts, and the session if one runs."""
    from pyspark.sql import SparkSession

    spark = SparkSession.getActiveSession()
    if spark is not None:
        enable(spark)
    _notebook.install(shell)
