"""NCBI's gene records as Spark DataFrames.

See docs/python.md of the project, and the functions of this module.
"""

from __future__ import annotations

from pathlib import Path

from ._door import JAR
from ._errors import NcbiGeneError, short_errors
from ._session import configure, enable

__all__ = ["NcbiGeneError", "configure", "enable", "jar", "short_errors"]


def jar() -> Path:
    """The path of the connector's jar, for ``--jars``."""
    return JAR
