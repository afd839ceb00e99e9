"""NCBI's gene records as Spark DataFrames.

See docs/python.md of the project, and the functions of this module.
"""

from __future__ import annotations

from pathlib import Path

from ._door import JAR
from ._errors import NcbiGeneError, short_errors
from ._frames import ambiguous, flat, not_found
from ._lookup import lookup
from ._reads import genes, products
from ._session import configure, enable

__all__ = [
    "NcbiGeneError",
    "ambiguous",
    "configure",
    "enable",
    "flat",
    "genes",
    "jar",
    "lookup",
    "not_found",
    "products",
    "short_errors",
]


def jar() -> Path:
    """The path of the connector's jar, for ``--jars``."""
    return JAR
