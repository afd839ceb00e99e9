"""Lists of identifiers as people hold them in Python, as values of options."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from numbers import Integral, Real
from typing import Any

from ._errors import NcbiGeneError

# No accession, GeneID, locus tag or symbol looks like these; HGVS has a colon before what looks like an ending.
_PATH = re.compile(r"[/\\]|^[^:,]*\.[A-Za-z]\w*$")


def is_path(value: Any) -> bool:
    """True for a path object, and for text that has a directory or a file's ending."""
    return isinstance(value, os.PathLike) or (isinstance(value, str) and _PATH.search(value.strip()) is not None)


def option_value(name: str, value: Any) -> str | None:
    """The text of an option's value; None where the option is not set.

    :raises NcbiGeneError: where the value is no list of identifiers, with the place of the entry
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    if isinstance(value, (str, int, float)):
        return str(value)
    return as_list(name, value)


def as_list(name: str, values: Any) -> str:
    """A list of identifiers as a JSON array.

    :param name: what the list is called in errors
    :raises NcbiGeneError: where this is no list of identifiers, with the place of the entry
    """
    entries = [_entry(name, place, value) for place, value in _places(name, values)]
    if not entries:
        raise _refused(f"'{name}' is empty. Give at least one identifier.")
    return json.dumps(entries, ensure_ascii=False)


def _places(name: str, values: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(values, (Mapping, str, bytes)) or _is_frame(values):
        raise _refused(
            f"'{name}' is a {_type(values)}, not a list of identifiers. Give a list, or one column of a table."
        )
    if type(values).__module__.startswith("pyspark.sql"):
        raise _refused(
            f"'{name}' is a {_type(values)} of Spark. Put genes beside it with lookup(df, \"column\"),"
            " or collect the column to a list."
        )
    dimensions = getattr(values, "ndim", 1)
    if dimensions != 1:
        raise _refused(f"'{name}' has {dimensions} dimensions. Give one column of it.")
    for convert in ("to_pylist", "tolist", "to_list"):
        if hasattr(values, convert):
            values = getattr(values, convert)()
            break
    if not isinstance(values, Iterable):
        raise _refused(f"'{name}' is a {_type(values)}, not a list of identifiers. Give a list.")
    unordered = isinstance(values, (set, frozenset))
    for number, value in enumerate(values):
        yield (f"An entry of '{name}'" if unordered else f"Entry {number} of '{name}' (counted from 0)"), value


def _is_frame(values: Any) -> bool:
    """True for tables of pandas, Polars and PyArrow: iterating over one gives the names of its columns."""
    return hasattr(values, "columns") and not type(values).__module__.startswith("pyspark.sql")


def _entry(name: str, place: str, value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return str(value)
    if value is None or _is_missing(value):
        raise _refused(f"{place} is missing: {value!r}. Drop missing values, such as with series.dropna().")
    if isinstance(value, bool) or not isinstance(value, Real):
        raise _refused(f"{place} is a {_type(value)}, not an identifier: {str(value)[:80]!r}.")
    if not isinstance(value, Integral) and not float(value).is_integer():
        raise _refused(f"{place} is a fraction, not an identifier: {value!r}.")
    if name in ("accessions", "locus_tags", "symbols"):
        raise _refused(f"{place} is a number: {value!r}. Give GeneIDs as gene_ids=[…].")
    return str(int(float(value)) if isinstance(value, float) else int(str(value)))


def _is_missing(value: Any) -> bool:
    """True for NaN, and for the missing values of pandas."""
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in ("NAType", "NaTType")


def _type(value: Any) -> str:
    return type(value).__name__


def _refused(message: str) -> NcbiGeneError:
    return NcbiGeneError("NCBI_GENE_INVALID_IDENTIFIER", message)
