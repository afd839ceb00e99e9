"""The data source ``ncbi-gene`` in pure Python, for Sparks that take no jar.

Spark's workers get this module by value, so it imports nothing else of the package.
"""

from __future__ import annotations

import datetime
import gzip
import json
import os
import random
import re
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Callable
from urllib.parse import urlsplit

from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
from pyspark.sql.types import (
    ArrayType,
    DataType,
    DateType,
    IntegerType,
    LongType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

_NCBI = "https://api.ncbi.nlm.nih.gov/datasets/v2"
_PAGE = 1000
_SECOND = 1.05
_IN_FLIGHT = 32
_LONGEST_WAIT = 30.0
_REFUSALS_IN_VAIN = 3
# Where a page holds NCBI's id of its request, and when it came.
_FROM = "(from)"
_NOWHERE = (None, None)

# What this source takes, by the names without marks; and how each is spelled.
_OPTIONS = {
    re.sub("[-_.]", "", name): name
    for name in (
        "report",
        "accessions",
        "accessions_path",
        "path",
        "gene_ids",
        "locus_tags",
        "symbols",
        "taxon",
        "tax_search_subtree",
        "metadata",
        "mode",
        "base_url",
        "api_key",
        "api_token",
        "requests_per_second",
        "batch_size",
        "max_partitions",
        "max_retries",
        "retry_wait",
        "response_timeout",
    )
}
# Each kind of identifier: its option, its words in messages, its column, whether its values are numbers.
_KINDS = {
    "accessions": ("accession", "accession"),
    "gene_ids": ("GeneID", "gene_id"),
    "locus_tags": ("locus tag", "locus_tag"),
    "symbols": ("symbol", "symbol"),
}


class GeneError(Exception):
    """An error with a code of docs/errors.md at the start of its text."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"[NCBI_GENE_{code}] {message}")
        self.code = code


class _Trouble(Exception):
    """A batch that cannot be read as it is: it is divided, or the error is raised."""

    def __init__(self, kind: str, error: GeneError, said: str = "") -> None:
        super().__init__(str(error))
        self.kind, self.error, self.said = kind, error, said


# ---------------------------------------------------------------------------------------------- columns


@dataclass
class _Node:
    """A member of a report, as the registry of table fields lists it."""

    name: str
    path: str
    repeated: bool
    type: str
    column: str
    comment: str
    children: list[_Node] = field(default_factory=list)


def read_registry(text: str) -> _Node:
    """The registry's tree; its lines are those of the jar's own file."""
    root = _Node("", "", False, "group", "-", "")
    by_path = {"": root}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        path, kind, _, _, column, comment = line.split("\t")
        parent, _, name = path.rpartition(".")
        node = _Node(name.removesuffix("[]"), path, name.endswith("[]"), kind, column, comment)
        by_path[parent].children.append(node)
        by_path[path] = node
    return root


_SCALARS: dict[str, DataType] = {
    "string": StringType(),
    "enum": StringType(),
    "uint64": LongType(),
    "int": IntegerType(),
    "date": DateType(),
}


def _comment(text: str) -> dict[str, Any]:
    return {"comment": text}


def _element(node: _Node) -> DataType:
    if node.type != "group":
        return _SCALARS[node.type]
    return StructType([_field(child.name, child) for child in node.children if child.column == "-"])


def _field(name: str, node: _Node) -> StructField:
    one = _element(node)
    return StructField(name, ArrayType(one) if node.repeated else one, True, _comment(node.comment))


def _columns(node: _Node, below: bool = False) -> Iterator[tuple[_Node, bool]]:
    """The members that are columns, and whether they are below a transcript."""
    for child in node.children:
        if child.column != "-":
            yield child, below
        else:
            yield from _columns(child, below or (child.repeated and child.type == "group"))


_WARNING_COMMENTS = {
    "code": "NCBI's code, or the connector's NOT_FOUND, NOT_CACHED, INVALID_ACCESSION or MALFORMED_VALUE",
    "reason": "NCBI's reason",
    "message": "The warning, in words",
    "requested": "Requested identifier, if NCBI returned another",
    "returned": "Identifier that NCBI returned instead",
    "unrecognized_identifier": "Identifier that NCBI does not know",
    "invalid_identifiers": "Identifiers that NCBI or the connector calls invalid",
}
_WARNING = StructType(
    [
        StructField(
            name,
            ArrayType(StringType()) if name == "invalid_identifiers" else StringType(),
            True,
            _comment(comment),
        )
        for name, comment in _WARNING_COMMENTS.items()
    ]
)


_METADATA_COMMENTS = {
    "_requested": "The identifier exactly as it was requested, of whatever kind",
    "_query": "Identifiers that the gene answers, as NCBI echoes them; null where it echoes none",
    "_request_id": "NCBI's id of the request that the row comes from, for questions to NCBI's support",
    "_retrieved_at": "When NCBI sent the response that the row comes from",
}
# Spark's Python sources have no metadata columns: with the option, these are columns like others.
_METADATA_TYPES = (StringType(), ArrayType(StringType()), StringType(), TimestampType())
_METADATA = [
    StructField(name, kind, True, _comment(text))
    for (name, text), kind in zip(_METADATA_COMMENTS.items(), _METADATA_TYPES)
]


def schema_of(registry: _Node, metadata: bool = False) -> StructType:
    """The columns of a report, equal to those of the jar's source."""
    accession = StructField(
        "accession",
        StringType(),
        True,
        _comment("The accession exactly as requested; null if the scan was not by accession"),
    )
    warnings = StructField(
        "warnings",
        ArrayType(_WARNING),
        True,
        _comment("Warnings of NCBI or the connector about this row; null if there are none"),
    )
    rest = _METADATA if metadata else []
    return StructType([accession, *(_field(node.column, node) for node, _ in _columns(registry)), warnings, *rest])


# ---------------------------------------------------------------------------------------------- values

_Remark = Callable[[str], None]
_Reader = Callable[[Any, list[str]], Any]
_WORDS = {"string": "text", "enum": "text", "uint64": "whole number", "int": "whole number", "date": "date"}


def _malformed(node: _Node, value: Any, remarks: list[str]) -> None:
    shown = "{" if isinstance(value, dict) else "[" if isinstance(value, list) else _text_of(value)
    shown = shown if len(shown) <= 100 else shown[:97] + "..."
    kind = "object" if node.type == "group" else _WORDS[node.type]
    remarks.append(f"{node.path} is '{shown}', which is no {kind}; it reads as null")


def _text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _reader(node: _Node) -> _Reader:
    one = _one(node)
    if not node.repeated:
        return one

    def many(value: Any, remarks: list[str]) -> Any:
        if value is None:
            return None
        return [one(element, remarks) for element in (value if isinstance(value, list) else [value])]

    return many


def _one(node: _Node) -> _Reader:
    if node.type == "group":
        return _group(node)
    if node.type in ("string", "enum"):

        def text(value: Any, remarks: list[str]) -> Any:
            if value is None or isinstance(value, str):
                return value
            if isinstance(value, (dict, list)):
                return _malformed(node, value, remarks)
            return _text_of(value)

        return text
    if node.type == "date":

        def date(value: Any, remarks: list[str]) -> Any:
            if value is None:
                return None
            try:
                return datetime.date.fromisoformat(value[:10] if len(value) > 10 and value[10] == "T" else value)
            except (TypeError, ValueError, KeyError):
                return _malformed(node, value, remarks)

        return date
    bound = 2**63 if node.type == "uint64" else 2**31

    def number(value: Any, remarks: list[str]) -> Any:
        if value is None:
            return None
        if type(value) is int or (isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]+", value)):
            found = int(value)
            if -bound <= found < bound:
                return found
        return _malformed(node, value, remarks)

    return number


def _group(node: _Node) -> _Reader:
    members = [(child.name, _reader(child)) for child in node.children if child.column == "-"]

    def group(value: Any, remarks: list[str]) -> Any:
        if isinstance(value, dict):
            return tuple([read(value.get(name), remarks) for name, read in members])
        return None if value is None else _malformed(node, value, remarks)

    return group


class _Layout:
    """Makes the values of rows from a report's members."""

    def __init__(self, registry: _Node) -> None:
        self.names = [node.column for node, _ in _columns(registry)]
        self.at = {name: index for index, name in enumerate(self.names)}
        self.transcripts = next((child for child in registry.children if child.column == "-" and child.repeated), None)
        self._report = list(self._readers(registry, ()))
        self._transcript = list(self._readers(self.transcripts, ())) if self.transcripts else []

    def _readers(self, group: _Node, above: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...], str, _Reader]]:
        for child in group.children:
            if child.column != "-":
                yield self.at[child.column], above, child.name, _reader(child)
            elif not child.repeated:
                yield from self._readers(child, (*above, child.name))

    @staticmethod
    def _fill(values: list[Any], readers: Sequence[Any], members: dict[str, Any], remarks: list[str]) -> None:
        for index, above, name, read in readers:
            holder: Any = members
            for step in above:
                holder = holder.get(step)
                if not isinstance(holder, dict):
                    holder = {}
            value = holder.get(name)
            if value is not None:
                values[index] = read(value, remarks)

    def values(self, report: dict[str, Any], remarks: list[str]) -> list[list[Any]]:
        """A list of values for each row; a gene without transcripts is one row."""
        own: list[Any] = [None] * len(self.names)
        self._fill(own, self._report, report, remarks)
        if self.transcripts is None:
            return [own]
        rows = []
        found = report.get(self.transcripts.name)
        for transcript in found if isinstance(found, list) else [found]:
            if isinstance(transcript, dict):
                row = own.copy()
                self._fill(row, self._transcript, transcript, remarks)
                rows.append(row)
            elif transcript is not None:
                _malformed(self.transcripts, transcript, remarks)
        return rows or [own]


def _warning(members: dict[str, Any]) -> tuple[Any, ...]:
    def text(value: Any) -> Any:
        return (
            value
            if value is None or isinstance(value, str)
            else None
            if isinstance(value, (dict, list))
            else _text_of(value)
        )

    code = next((text(value) for name, value in members.items() if name.endswith("_code")), None)
    replaced = members.get("replaced_id")
    replaced = replaced if isinstance(replaced, dict) else {}
    invalid = members.get("invalid_identifiers")
    if invalid is not None:
        invalid = [text(one) for one in (invalid if isinstance(invalid, list) else [invalid]) if text(one) is not None]
    return (
        code,
        text(members.get("reason")),
        text(members.get("message")),
        text(replaced.get("requested")),
        text(replaced.get("returned")),
        text(members.get("unrecognized_identifier")),
        invalid,
    )


def _own_warning(code: str, message: str, unrecognized: str | None = None) -> tuple[Any, ...]:
    return (code, None, message, None, None, unrecognized, None)


def _warnings(match: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    found = []
    for name in names:
        value = match.get(name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found.append(_warning(one))
    return found


# ---------------------------------------------------------------------------------------------- matching


class _Matcher:
    """Tells which identifiers of a batch a report answers: by exact text, by base version, or by a warning."""

    def __init__(self, kind: str, asked: Sequence[str]) -> None:
        self.kind, self.asked = kind, list(asked)
        self.exact = {}
        self.by_base: dict[str, list[str]] = {}
        for identifier in asked:
            self.exact[identifier.strip()] = identifier
            self.by_base.setdefault(self.base(identifier.strip()), []).append(identifier)
        self.matched: set[str] = set()

    def base(self, text: str) -> str:
        upper = text.upper()
        return re.sub(r"(?<=.)\.[0-9]+$", "", upper) if self.kind == "accessions" else upper

    def hits(self, query: Iterable[str], requested: Iterable[str], keep_unknown: bool) -> tuple[list[str], list[str]]:
        now: dict[str, None] = {}
        unless: dict[str, None] = {}
        unknown = []
        for echoed in query:
            same = self.by_base.get(self.base(echoed), [])
            if echoed in self.exact:
                now[self.exact[echoed]] = None
                unless.update((other, None) for other in same if other != self.exact[echoed])
            elif len(same) == 1:
                now[same[0]] = None
            elif same:
                unless.update((other, None) for other in same)
            else:
                unknown.append(echoed)
        now.update((self.exact[name], None) for name in requested if name in self.exact)
        if keep_unknown and not now and not unless:
            now.update((name, None) for name in unknown)
        self.matched.update(now)
        return list(now), [one for one in unless if one not in now]

    def known_as(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for name in names:
            found.update([self.exact[name]] if name in self.exact else self.by_base.get(self.base(name), []))
        return found

    def unmatched(self) -> list[str]:
        return [one for one in self.asked if one not in self.matched]


# ---------------------------------------------------------------------------------------------- requests


class _Rate:
    """Sends at most so many requests in any second, retries included."""

    def __init__(self, per_second: float) -> None:
        self._most = max(1, int(per_second)) if per_second > 0 else 0
        self._window = _SECOND * max(1.0, self._most / per_second) if per_second > 0 else 0.0
        self._sent: deque[float] = deque()
        self._paused_until = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        while True:
            with self._lock:
                now = time.monotonic()
                pause = self._paused_until - now
                if self._most and len(self._sent) == self._most:
                    pause = max(pause, self._sent[0] + self._window - now)
                if pause <= 0:
                    if self._most:
                        if len(self._sent) == self._most:
                            self._sent.popleft()
                        self._sent.append(now)
                    return
            time.sleep(pause)

    def pause(self, seconds: float) -> None:
        """Holds all requests back, as the service asks."""
        with self._lock:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)


@dataclass
class _Spec:
    """Everything that a read needs; its key is sent to the workers, and shown nowhere."""

    report: str
    registry: str
    kind: str
    mode: str
    base_url: str
    key: str | None = field(repr=False)
    rate: float
    taxon: str | None
    subtree: str | None
    metadata: bool
    max_retries: int
    retry_wait: float
    timeout: float


class _Service:
    """Sends the requests of one task, and tries again what may pass."""

    def __init__(self, spec: _Spec) -> None:
        self._spec = spec
        self._rate = _Rate(spec.rate)
        self._url = f"{spec.base_url}/gene/{'dataset' if spec.report == 'gene' else 'product'}_report"
        self._loads = _json_reader()

    def pages(self, identifiers: Sequence[str]) -> list[dict[str, Any]]:
        """All pages of a batch's response."""
        body: dict[str, Any] = {"page_size": _PAGE}
        plain = [one.strip() for one in identifiers]
        if self._spec.kind == "symbols":
            body["symbols_for_taxon"] = {"symbols": plain, "taxon": self._spec.taxon}
        elif self._spec.kind == "gene_ids":
            body["gene_ids"] = [int(one) for one in plain]
        else:
            body[self._spec.kind] = plain
        if self._spec.subtree is not None:
            body["tax_search_subtree"] = self._spec.subtree == "true"
        pages: list[dict[str, Any]] = []
        tokens: set[str] = set()
        while True:
            page = self._page(body)
            pages.append(page)
            token = page.get("next_page_token")
            if not token:
                return pages
            if token in tokens:
                raise GeneError("TOKEN_TROUBLE", f"POST {self._url} gave the page token '{token[:80]}' twice.")
            tokens.add(token)
            body["page_token"] = token

    def _page(self, body: dict[str, Any]) -> dict[str, Any]:
        failed = 0
        while True:
            self._rate.wait()
            trouble, wait = self._try(body)
            if trouble is None:
                return wait  # type: ignore[no-any-return]
            if trouble.kind != "passing" or failed >= self._spec.max_retries:
                raise trouble
            failed += 1
            pause = min(_LONGEST_WAIT, self._spec.retry_wait * 2 ** (failed - 1)) * random.uniform(0.75, 1.25)
            if wait is not None:
                self._rate.pause(wait)
                pause = 0.0
            time.sleep(pause)

    def _try(self, body: dict[str, Any]) -> tuple[_Trouble | None, Any]:
        """The page, or what was the trouble and how long the service asks to wait."""
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "gzip"}
        if self._spec.key:
            headers["api-key"] = self._spec.key
        request = urllib.request.Request(self._url, json.dumps(body).encode(), headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=self._spec.timeout) as response:
                phid, at = response.headers.get("Ncbi-Phid"), datetime.datetime.now(datetime.timezone.utc)
                content = response.read()
                if response.headers.get("Content-Encoding") == "gzip":
                    content = gzip.decompress(content)
            page = self._loads(content)
            if not isinstance(page, dict):
                raise ValueError("it is no object")
            page[_FROM] = (phid, at)
            return None, page
        except urllib.error.HTTPError as error:
            return self._refused(error)
        except TimeoutError as error:
            return _Trouble("slow", self._unreachable(error)), None
        except (ValueError, EOFError, gzip.BadGzipFile) as error:
            return _Trouble(
                "passing",
                GeneError(
                    "BAD_RESPONSE",
                    f"The response to POST {self._url} cannot be read: {error}. Check that base_url is the gene"
                    " service; if it is, try again later.",
                ),
            ), None
        except OSError as error:
            kind = "slow" if isinstance(getattr(error, "reason", None), TimeoutError) else "passing"
            return _Trouble(kind, self._unreachable(error)), None

    def _unreachable(self, error: Exception) -> GeneError:
        return GeneError(
            "SERVICE_UNREACHABLE",
            f"No response from POST {self._url}: {error}. Check base_url and proxy, and that this machine may"
            " reach it.",
        )

    def _refused(self, error: urllib.error.HTTPError) -> tuple[_Trouble, float | None]:
        with error:
            content = error.read()
        try:
            said = str(json.loads(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)["message"])
        except (ValueError, KeyError, TypeError, OSError):
            said = ""
        phid = error.headers.get("Ncbi-Phid")
        what = (
            f"POST {self._url} gave status {error.code}"
            + (f", which says '{said}'" if said else "")
            + (f" (request id {phid})" if phid else "")
        )
        after = error.headers.get("Retry-After", "")
        wait = float(after) if re.fullmatch("[0-9]{1,6}", after) else None
        if error.code == 429:
            return _Trouble("passing", GeneError("RATE_LIMITED", f"{what}. Wait, or give an api_key.")), wait
        if error.code in (413, 414, 431, 504):
            return _Trouble("large", GeneError("SERVICE_FAILED", f"{what}. Lower batch_size.")), wait
        if error.code == 408 or (error.code >= 500 and error.code != 501):
            return _Trouble("passing", GeneError("SERVICE_FAILED", f"{what}. Try again later.")), wait
        kind = "refused" if error.code == 400 else "permanent"
        return _Trouble(kind, GeneError("REQUEST_REFUSED", f"{what}. Check base_url and the identifiers."), said), None


def _json_reader() -> Callable[[bytes], Any]:
    try:
        import orjson
    except ImportError:
        return json.loads
    read: Callable[[bytes], Any] = orjson.loads
    return read


# ---------------------------------------------------------------------------------------------- rows


class _Batches:
    """The rows of a task's batches, with the next ones under way."""

    def __init__(self, spec: _Spec) -> None:
        self._spec = spec
        self._layout = _Layout(read_registry(spec.registry))
        self._service = _Service(spec)
        self._answered = False
        self._refused = 0

    def rows(self, batches: Sequence[Sequence[str]]) -> Iterator[tuple[Any, ...]]:
        if self._spec.kind == "accessions":
            for batch in batches:
                yield from self._unsent([one for one in batch if not _is_accession(one)])
            batches = [[one for one in batch if _is_accession(one)] for batch in batches]
        ahead = min(_IN_FLIGHT, max(2, int(self._spec.rate * 4))) if self._spec.rate > 0 else 8
        waiting = deque(list(batch) for batch in batches if batch)
        running: deque[tuple[list[str], Future[list[dict[str, Any]]]]] = deque()
        pool = ThreadPoolExecutor(ahead)
        try:
            while waiting or running:
                # The first one tells whether the service answers at all.
                most = ahead if self._answered else 1
                while waiting and len(running) < most:
                    batch = waiting.popleft()
                    running.append((batch, pool.submit(self._service.pages, batch)))
                batch, pages = running.popleft()
                try:
                    found = pages.result()
                except _Trouble as trouble:
                    divided = self._divide(batch, trouble)
                    if divided:
                        waiting.extendleft(reversed(divided))
                    else:
                        said = _own_warning("NOT_FOUND", str(trouble.error), batch[0].strip())
                        yield from self._missing(batch[0], [said])
                    continue
                self._answered = True
                again: list[list[str]] = []
                yield from self._batch(batch, found, again)
                waiting.extendleft(reversed(again))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _unsent(self, malformed: list[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of what cannot be an accession."""
        for identifier in malformed:
            why = f"'{identifier[:100]}' cannot be an accession and was not sent."
            if self._spec.mode == "FAILFAST":
                raise GeneError("INVALID_IDENTIFIER", f"{why} Correct it, or read with mode PERMISSIVE.")
            if self._spec.mode == "PERMISSIVE":
                warning = ("INVALID_ACCESSION", None, why, None, None, None, [identifier])
                yield (
                    identifier,
                    *[None] * len(self._layout.names),
                    [warning],
                    *self._trace(identifier, None, _NOWHERE),
                )

    def _divide(self, batch: list[str], trouble: _Trouble) -> list[list[str]]:
        """What is asked for instead of a batch; nothing where its only identifier is taken as unknown."""
        half = len(batch) // 2
        if trouble.kind in ("large", "slow") and half:
            return [batch[:half], batch[half:]]
        if trouble.kind == "refused":
            named = [one for one in batch if _names(trouble.said, one.strip())]
            if half and named and len(named) < len(batch):
                return [*([one] for one in named), [one for one in batch if one not in named]]
            if half:
                return [batch[:half], batch[half:]] if self._answered else [batch[:1], batch[1:]]
            self._refused += 1
            if self._answered or self._refused < _REFUSALS_IN_VAIN:
                return []
        raise trouble.error

    def _batch(
        self, batch: list[str], pages: list[dict[str, Any]], again: list[list[str]]
    ) -> Iterator[tuple[Any, ...]]:
        matcher = _Matcher(self._spec.kind, batch)
        made: set[tuple[Any, ...]] = set()
        held: list[tuple[str, list[list[Any]], Any, Any, Any]] = []
        came = _NOWHERE
        remarks: dict[str, list[tuple[Any, ...]]] = {}
        messages: list[tuple[Any, ...]] = []
        nameless = False
        for page in pages:
            came = page[_FROM]
            for message in page.get("messages") or ():
                messages += _warnings(message, "error", "warning")
            for match in page.get("reports") or ():
                query = [str(one) for one in match.get("query") or ()]
                warnings = _warnings(match, "warnings", "warning", "errors", "error")
                requested = [one[3] for one in warnings if one[3] is not None]
                report = match.get(self._spec.report)
                if not report:
                    about = matcher.known_as([*query, *requested])
                    for identifier in about:
                        remarks.setdefault(identifier, []).extend(warnings)
                    if not about:
                        messages += warnings
                    continue
                malformed: list[str] = []
                rows = self._layout.values(report, malformed)
                if malformed and self._spec.mode == "FAILFAST":
                    raise GeneError(
                        "MALFORMED_VALUE",
                        f"In the response {malformed[0]} with mode PERMISSIVE, and is an error with FAILFAST.",
                    )
                if query:
                    now, unless = matcher.hits(query, requested, True)
                elif len(batch) == 1:
                    now, unless = list(batch), []
                    matcher.matched.update(now)
                else:
                    now, unless = matcher.hits(self._names_in(rows), requested, False)
                    nameless |= not now and not unless
                if malformed and self._spec.mode == "DROPMALFORMED":
                    continue
                shown = [*warnings, *(_own_warning("MALFORMED_VALUE", one) for one in malformed)] or None
                for identifier in now:
                    yield from self._rows(identifier, rows, shown, made, query, came)
                held += [(identifier, rows, shown, query, came) for identifier in unless]
        for identifier, rows, shown, query, of in [one for one in held if one[0] not in matcher.matched]:
            yield from self._rows(identifier, rows, shown, made, query, of)
            matcher.matched.add(identifier)
        if nameless:
            again += [[identifier] for identifier in matcher.unmatched()]
            return
        for identifier in matcher.unmatched():
            plain = identifier.strip()
            said = remarks.get(identifier, []) + [one for one in messages if one[5] == plain or plain in (one[6] or ())]
            yield from self._missing(identifier, said, came)

    def _trace(self, identifier: str, query: Any, came: Any) -> tuple[Any, ...]:
        """The values of the metadata columns, where they are read."""
        return (identifier, query or None, *came) if self._spec.metadata else ()

    def _names_in(self, rows: list[list[Any]]) -> list[str]:
        columns = {
            "accessions": ("transcript_accession", "protein_accession"),
            "gene_ids": ("gene_id",),
            "locus_tags": ("locus_tag",),
            "symbols": ("symbol", "synonyms"),
        }[self._spec.kind]
        names = []
        for row in rows:
            for column in columns:
                value = row[self._layout.at[column]] if column in self._layout.at else None
                names += [str(one) for one in (value if isinstance(value, list) else [value]) if one is not None]
        return names

    def _rows(
        self, identifier: str, rows: list[list[Any]], warnings: Any, made: set[tuple[Any, ...]], query: Any, came: Any
    ) -> Iterator[tuple[Any, ...]]:
        transcript = self._layout.at.get("transcript_accession")
        gene = self._layout.at["gene_id"]
        accession = identifier if self._spec.kind == "accessions" else None
        for row in rows:
            key = (identifier, row[gene], None if transcript is None else row[transcript])
            if row[gene] is None or key not in made:
                made.add(key)
                yield (accession, *row, warnings, *self._trace(identifier, query, came))

    def _missing(self, identifier: str, said: list[tuple[Any, ...]], came: Any = _NOWHERE) -> Iterator[tuple[Any, ...]]:
        words, column = _KINDS[self._spec.kind]
        of_taxon = f" of taxon '{self._spec.taxon}'" if self._spec.kind == "symbols" else ""
        if self._spec.mode == "DROPMALFORMED":
            return
        if self._spec.mode == "FAILFAST":
            quoted = next((one[2] or one[1] for one in said if one[2] or one[1]), None)
            raise GeneError(
                "NOT_FOUND",
                f"NCBI returned nothing for {words} '{identifier}'{of_taxon}"
                + (f", which says '{quoted}'" if quoted else "")
                + ", and mode is FAILFAST. Correct it, or read with mode PERMISSIVE to get a row that says so, or"
                " DROPMALFORMED to get none.",
            )
        row: list[Any] = [None] * len(self._layout.names)
        if column in self._layout.at:
            row[self._layout.at[column]] = int(identifier) if column == "gene_id" else identifier
        accession = identifier if self._spec.kind == "accessions" else None
        own = _own_warning("NOT_FOUND", f"NCBI returned nothing for {words} {identifier}{of_taxon}")
        yield (accession, *row, said or [own], *self._trace(identifier, None, came))


def _is_accession(text: str) -> bool:
    plain = text.strip()
    missing = plain.lower() in ("nan", "none", "null", "na", "nat", "nil", "undefined", "missing")
    return not missing and re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9_.-]{1,100}", plain) is not None


def _names(message: str, identifier: str) -> bool:
    return re.search(r"(?<![\w.])" + re.escape(identifier) + r"(?![\w.]*\w)", message) is not None


# ---------------------------------------------------------------------------------------------- the source


@dataclass
class _Partition(InputPartition):
    """Batches, and the requests a second that they may make."""

    batches: list[list[str]]
    rate: float


class NcbiGeneDataSource(DataSource):
    """NCBI's gene and product reports, in pure Python."""

    registries: dict[str, str] = {}  # noqa: RUF012

    @classmethod
    def name(cls) -> str:
        """The name by which the jar's source goes, too."""
        return "ncbi-gene"

    def schema(self) -> StructType:
        """The columns of the report that the options name."""
        options = _options(self.options)
        return schema_of(read_registry(self.registries[options["report"]]), options["metadata"] == "true")

    def reader(self, schema: StructType) -> DataSourceReader:
        """Checks the options; sends nothing."""
        return _NcbiGeneReader(_options(self.options), self.registries)


class _NcbiGeneReader(DataSourceReader):
    """Plans batches on the driver, and reads them in tasks."""

    def __init__(self, options: dict[str, str], registries: dict[str, str]) -> None:
        kinds = [name for name in _KINDS if name in options]
        if not kinds:
            raise GeneError(
                "NO_SELECTOR",
                "Nothing says which genes to read. Give accessions, gene_ids, locus_tags, or symbols with taxon; this"
                " source takes no filters in their place.",
            )
        if len(kinds) > 1:
            raise GeneError("SEVERAL_SELECTORS", f"Both {kinds[0]} and {kinds[1]} are given. Give one of them.")
        self._identifiers = _list(kinds[0], options[kinds[0]])
        key = options.get("api_key") or options.get("api_token") or os.environ.get("NCBI_API_KEY")
        rate = _number(options, "requests_per_second", 10.0 if key else 5.0)
        self._batch_size = int(_number(options, "batch_size", 1000))
        self._partitions = int(_number(options, "max_partitions", 2))
        self._spec = _Spec(
            report=options["report"],
            registry=registries[options["report"]],
            kind=kinds[0],
            mode=options["mode"],
            base_url=options.get("base_url", os.environ.get("NCBI_GATEWAY_URL") or _NCBI).rstrip("/"),
            key=key,
            rate=rate,
            taxon=options.get("taxon"),
            subtree=options.get("tax_search_subtree"),
            metadata=options["metadata"] == "true",
            max_retries=int(_number(options, "max_retries", 10)),
            retry_wait=_seconds(options, "retry_wait", 1.0),
            timeout=_seconds(options, "response_timeout", 120.0),
        )
        _check_url(self._spec.base_url)

    def partitions(self) -> Sequence[InputPartition]:
        """Batches, divided over the partitions as the rate is."""
        size = self._batch_size
        batches = [self._identifiers[start : start + size] for start in range(0, len(self._identifiers), size)]
        rate = self._spec.rate
        count = (
            min(len(batches), self._partitions) if rate == 0 else min(len(batches), self._partitions, max(1, int(rate)))
        )
        planned = []
        for index in range(count):
            # Each takes a whole number of requests, so that all together keep the rate in any second.
            share = rate if count == 1 or rate == 0 else float(int(rate) // count + (index < int(rate) % count))
            planned.append(_Partition(batches[index::count], share))
        return planned

    def read(self, partition: InputPartition) -> Iterator[tuple[Any, ...]]:
        """The rows of a partition."""
        assert isinstance(partition, _Partition)
        return _Batches(_of_rate(self._spec, partition.rate)).rows(partition.batches)


def _of_rate(spec: _Spec, rate: float) -> _Spec:
    return _Spec(**{**spec.__dict__, "rate": rate})


def _options(given: Any) -> dict[str, str]:
    """The options by their own names; one that this source does not take is an error."""
    options: dict[str, str] = {}
    for name, value in dict(given).items():
        known = _OPTIONS.get(re.sub("[-_.]", "", str(name)).lower())
        if known is None:
            raise GeneError(
                "UNKNOWN_OPTION",
                f"Option '{name}' is not one of the data source in pure Python. It takes"
                f" {', '.join(_OPTIONS.values())}. The data source in the jar takes all of docs/options.md.",
            )
        options[known] = str(value)
    for name in ("path", "accessions_path"):
        if name in options:
            raise GeneError(
                "CONFLICTING_OPTIONS",
                f"The data source in pure Python reads no files of accessions. Give {name}'s lines as accessions.",
            )
    options["report"] = options.get("report", "gene").lower()
    if options["report"] not in ("gene", "product"):
        raise GeneError("INVALID_OPTION", f"Option report is '{options['report']}'. Give gene or product.")
    options["metadata"] = options.get("metadata", "false").lower()
    if options["metadata"] not in ("true", "false"):
        raise GeneError("INVALID_OPTION", f"Option metadata is '{options['metadata']}'. Give true or false.")
    options["mode"] = options.get("mode", "PERMISSIVE").upper()
    if options["mode"] not in ("PERMISSIVE", "DROPMALFORMED", "FAILFAST"):
        raise GeneError(
            "INVALID_OPTION", f"Option mode is '{options['mode']}'. Give PERMISSIVE, DROPMALFORMED or FAILFAST."
        )
    if "symbols" in options and "taxon" not in options:
        raise GeneError("CONFLICTING_OPTIONS", "Option symbols needs taxon, the taxon that they are symbols of.")
    if "taxon" in options and "symbols" not in options:
        raise GeneError(
            "CONFLICTING_OPTIONS", "The data source in pure Python reads no whole taxon. Give symbols with taxon."
        )
    return options


def _list(name: str, text: str) -> list[str]:
    """The entries of a list: a JSON array, or text with commas or white space between; each once, sorted."""
    try:
        values = json.loads(text) if text.lstrip().startswith("[") else None
    except ValueError:
        values = None
    if not isinstance(values, list):
        values = re.split(r"[,\s]+", re.sub("[][\"']", " ", text))
    entries = sorted({str(value) for value in values if str(value).strip()})
    if not entries:
        raise GeneError("INVALID_OPTION", f"Option {name} is empty. Give at least one identifier.")
    if name == "gene_ids":
        for entry in entries:
            if not re.fullmatch(r"\s*[0-9]+\s*", entry) or not 0 < int(entry) < 2**31:
                raise GeneError("INVALID_IDENTIFIER", f"Option gene_ids holds '{entry[:100]}', which is no GeneID.")
        return [str(number) for number in sorted({int(entry) for entry in entries})]
    return entries


def _number(options: dict[str, str], name: str, default: float) -> float:
    text = options.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        raise GeneError("INVALID_OPTION", f"Option {name} is '{text}', which is no number.")
    return float(text)


def _seconds(options: dict[str, str], name: str, default: float) -> float:
    text = options.get(name)
    if text is None:
        return default
    found = re.fullmatch(r"([0-9]+)(ms|s|m)", text)
    if found is None:
        raise GeneError("INVALID_OPTION", f"Option {name} is '{text}', which is no duration. Give 500ms, 30s or 2m.")
    return int(found.group(1)) * {"ms": 0.001, "s": 1.0, "m": 60.0}[found.group(2)]


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise GeneError("INVALID_OPTION", "Option base_url must start with https, or with http and name this machine.")
