"""Lists of identifiers in any of the forms that people paste."""

from __future__ import annotations

import json
import re

from .identifiers import stripped
from .texts import BLANK, GeneError, quoted, strip

# A tuple, a set, or a vector of R, which can hold the same entries as a list.
_WRAPPED = re.compile(r"(?:frozenset|set|tuple|list|c)?\(\s*([\[({].*[\])}])?\s*\)", re.DOTALL)
_SEPARATOR = re.compile(f"(?:,|{BLANK})")
_LOOK = 400

_ARRAY = ("a shortened array", "Pass list(array), or array.tolist()")
_SERIES = ("a pandas Series", "Pass list(series)")
_FRAME = ("a pandas DataFrame", 'Pass list(frame["column"])')
_COLLECT = '[row[0] for row in df.select("column").distinct().collect()]'
# Printed objects by their beginnings, after white space and opening brackets.
_STARTS = (
    (r"Column<", "a column of a Spark DataFrame", f"Pass {_COLLECT}, or join by the column"),
    (r"DataFrame\[", "a Spark DataFrame", f"Pass {_COLLECT}, or join it"),
    (r"(<Row\(|Row\()", "a list of Rows", "Pass [row[0] for row in rows]"),
    (r"(np|numpy)\.\w+\(", "a list of NumPy values", "Pass array.tolist()"),
    (r"array\(", *_ARRAY),
    (r"(\w*Index|Categorical)\(", "a pandas Index or array", "Pass list(index)"),
    (r"b['\"]", "a list of bytes", "Pass [entry.decode() for entry in entries]"),
    (r"dict_\w+\(|OrderedDict\(|defaultdict\(|Counter\(", "a dict", "Pass list(dict), or list(dict.values())"),
    (r"(deque|range|Series|Timestamp)\(", "an object", "Pass list(object)"),
    (r"<(?!NA>)(?=[A-Za-z_.]+[\s>:])", "an object", "Pass list(object)"),
    (r"shape: \(", "a Polars object", "Pass series.to_list()"),
)
# And by their ends.
_ENDS = (
    (r".*\bdtype: ?[\w\[\], .<>'-]+", *_SERIES),
    (r".*\bCategories \(\d+.*", *_SERIES),
    (r".*\bdtype=[^)]*\)+\]?", "a pandas Index or array", "Pass list(index)"),
    (r".*\[\d+ rows x \d+ columns\]", *_FRAME),
)
_NUMBERED_LINES = re.compile(r"[A-Za-z_][^\n]*\r?\n\d+[ \t]{2,}\S.*", re.DOTALL)
_MISSING_FIRST = re.compile(r"((None|nan|NaT|<NA>|null)[,\s]+)+")
_DICT = re.compile(r"\{\s*('[^']*'|\"[^\"]*\"|\d+)\s*:")
_DOTS = re.compile(f"(?:^|(?<=[,\\[\\](){{}}])|(?<={BLANK}))(?:\\.\\.\\.|\u2026)(?=$|[,\\[\\](){{}}]|{BLANK})")


def parse(name: str, text: str) -> list[str]:
    """The entries of ``a,b c``, a JSON array, NCBI's quoted form, or a printed list, tuple or set of Python."""
    body = strip(text)
    entries = _json_array(body)
    if entries is not None:
        return stripped(entries)
    printed = _printed(body)
    if printed:
        raise _not_a_list(name, printed, text)
    wrapped = _WRAPPED.fullmatch(body)
    if wrapped:
        body = wrapped.group(1) or ""
    elif body.startswith("c(") and body.endswith(")"):
        body = body[1:]
    opened = any(len(body) > 1 and body[0] == one and body[-1] == other for one, other in ("[]", "()", "{}"))
    if body.startswith("[") and not opened:
        raise _invalid(name, "a bracket is not closed or not opened", body)
    if opened:
        body = body[1:-1]
    elif body.endswith("]") and "[" not in _SEPARATOR.split(body)[-1]:
        raise _invalid(name, "a bracket is not closed or not opened", body)
    return stripped(_entries(name, body, opened))


def _entries(name: str, body: str, opened: bool) -> list[str]:
    entries = []
    at = 0
    while at < len(body):
        if _SEPARATOR.match(body, at):
            at += 1
        elif body[at] in "\"'":
            entry, at = _quoted_entry(name, body, at, opened)
            entries.append(entry)
        else:
            end = _SEPARATOR.search(body, at)
            stop = end.start() if end else len(body)
            entries.append(_plain_entry(name, body[at:stop], opened))
            at = stop
    return entries


def _quoted_entry(name: str, body: str, start: int, opened: bool) -> tuple[str, int]:
    quote = body[start]
    inner = rf"(?:[^\\{quote}]|\\.)*" if opened else f"[^{quote}]*"
    found = re.compile(f"{quote}({inner}){quote}", re.DOTALL).match(body, start)
    if found is None:
        raise _invalid(name, "a quote is not closed", body[start:])
    if found.end() < len(body) and not _SEPARATOR.match(body, found.end()):
        raise _invalid(name, "a comma is missing after a closing quote", body[start:])
    return _unescape(found.group(1)) if opened else found.group(1), found.end()


def _plain_entry(name: str, entry: str, opened: bool) -> str:
    if opened and ("[" in entry or "]" in entry):
        raise _invalid(name, "a bracket is nested in another", entry)
    if opened and ("(" in entry or "<" in entry or "'" in entry[1:]):
        printed = _starts_printed(entry)
        if printed:
            raise _not_a_list(name, printed, entry)
    return entry


def _unescape(printed: str) -> str:
    """Reverses the way in which Python prints text between quotes."""

    def meant(found: re.Match[str]) -> str:
        code = found.group(1) or found.group(2) or found.group(3)
        if code and int(code, 16) < 0x110000:
            return chr(int(code, 16))
        escaped = found.group()[1:]
        return {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", '"': '"'}.get(escaped, found.group())

    pattern = r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|.)"
    return re.sub(pattern, meant, printed, flags=re.DOTALL)


def _json_array(text: str) -> list[str] | None:
    """The elements of a JSON array of texts and numbers; None where the text is something else."""
    if not text.startswith("["):
        return None
    try:
        # Numbers stay as they are written.
        values = json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except ValueError:
        return None
    known = all(value is None or isinstance(value, str) for value in values)
    return ["null" if value is None else value for value in values] if known else None


def _refuse(text: str) -> None:
    raise ValueError(text)


def _printed(body: str) -> tuple[str, str] | None:
    """The kind of object whose printed form the text is, and what to pass instead."""
    start = re.sub(r"^[\[({, \n\t]*", "", body[:_LOOK])
    printed = _starts_printed(_MISSING_FIRST.sub("", start, count=1) if _MISSING_FIRST.match(start) else start)
    if printed:
        return printed
    if _DICT.match(body):
        return "a dict", "Pass list(dict), or list(dict.values())"
    for sign, what, remedy in _ENDS:
        if re.fullmatch(sign, body[-_LOOK:], re.DOTALL):
            return what, remedy
    if _NUMBERED_LINES.fullmatch(body[:_LOOK]):
        return _FRAME
    return _ARRAY if _DOTS.search(body) else None


def _starts_printed(entry: str) -> tuple[str, str] | None:
    return next(((what, remedy) for sign, what, remedy in _STARTS if re.match(sign, entry)), None)


def _not_a_list(name: str, printed: tuple[str, str], text: str) -> GeneError:
    return GeneError(
        "INVALID_IDENTIFIER",
        f"Option {name} holds the printed form of {printed[0]}, which is not a list of its entries:"
        f" '{quoted(text)}'. {printed[1]}.",
    )


def _invalid(name: str, what: str, where: str) -> GeneError:
    return GeneError(
        "INVALID_IDENTIFIER",
        f'The list in {name} cannot be read: {what}, at \'{quoted(where)}\'. Give a,b or ["a", "b"].',
    )
