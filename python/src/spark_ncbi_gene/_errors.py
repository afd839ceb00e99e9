"""Errors: one class with the connector's code, and a context that shows others as that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

_OF_SPARK = ("pyspark", "py4j")
_TEXT = re.compile(r"\[(NCBI_GENE_[A-Z_]+)\] ?([^\n]*)")


class NcbiGeneError(Exception):
    """An error of the connector, on one line.

    ``code`` is one of the codes of docs/errors.md, such as ``NCBI_GENE_NOT_FOUND``. The text starts with it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"[{code}] {message}")
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[NcbiGeneError], tuple[str, str]]:
        return type(self), (self.code, self.message)


def short_error(error: BaseException | None) -> NcbiGeneError | None:
    """Finds the connector's words in an error of PySpark, or in what led to it.

    Returns None where the connector has no part in the error.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, NcbiGeneError):
            return error
        # An error that somebody else raises after one of ours is another error.
        if type(error).__module__.partition(".")[0] not in _OF_SPARK:
            return None
        seen.add(id(error))
        found = _TEXT.search(str(error))
        if found:
            return NcbiGeneError(found.group(1), found.group(2).strip())
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return None


@contextmanager
def short_errors() -> Iterator[None]:
    """Raises errors of the connector as one-line :class:`NcbiGeneError` instead of PySpark's stack traces.

    Other errors pass unchanged::

        with short_errors():
            genes(spark, ["NM_000000.0"], mode="FAILFAST").show()
    """
    try:
        yield
    except Exception as error:
        short = short_error(error)
        if short is None or short is error:
            raise
        raise short from None
