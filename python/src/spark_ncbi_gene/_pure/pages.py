"""From the bytes of a response to its reports, as columns of Arrow."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .registry import Node, arrow_type, column_type, columns, json_type, transcripts
from .texts import quoted
from .values import NestedValues, TabularValues, text_of

# A warning: code, reason, message, requested, returned, unrecognized_identifier, invalid_identifiers.
Warning = tuple[Any, ...]

# Where these are in a response, it is read by Python, too, for all that is not in columns.
_SPOKEN = (b'"warning', b'"error', b'"message', b'"invalid_identifiers')
_CAMEL_CASE = (b'"geneId"', b'"taxId"', b'"nextPageToken"', b'"totalCount"')
_MATCH_MEMBERS = ("gene", "product", "query", "warnings", "warning", "errors")


@dataclass
class Match:
    """What a page holds of one report."""

    query: list[str]
    warnings: list[Warning] = field(default_factory=list)
    errors: list[Warning] = field(default_factory=list)
    # Values that are not of their field's type.
    remarks: list[str] = field(default_factory=list)
    # Its rows among those of the page; none where there is no gene.
    rows: range = range(0)

    @property
    def requested(self) -> list[str]:
        """The identifiers that its warnings call requested, where NCBI returned others."""
        return [one[3] for one in self.warnings if one[3] is not None]


@dataclass
class Page:
    """A response: its reports, and what else it says."""

    matches: list[Match]
    columns: dict[str, pa.Array]
    # A key for each row: the same row on another page has the same one.
    keys: list[Any]
    token: str | None = None
    total: int | None = None
    messages: list[Warning] = field(default_factory=list)
    errors: list[Warning] = field(default_factory=list)
    has_reports: bool = True
    is_blank: bool = False
    # What a response never holds, in words; and the text of a gateway's error.
    oddity: str = ""
    said: str = ""
    request_id: str | None = None
    retrieved_at: Any = None
    _texts: dict[str, list[str | None]] = field(default_factory=dict)

    def texts(self, column: str) -> list[str | None]:
        """The values of a column as Python has them, which are made once."""
        if column not in self._texts:
            self._texts[column] = self.columns[column].to_pylist()
        return self._texts[column]


def names_in(warning: Warning) -> list[str]:
    """The identifiers that a warning is about."""
    return [one for one in (warning[3], warning[5]) if one is not None] + list(warning[6] or ())


def words_of(warning: Warning) -> str:
    """NCBI's message, or else its reason or its code."""
    return next((text for text in (warning[2], warning[1], warning[0]) if text and text.strip()), "")


def own_warning(code: str, message: str, unrecognized: str | None = None) -> Warning:
    """A warning of the connector's own."""
    return (code, None, message, None, None, unrecognized, None)


class PageReader:
    """Reads the pages of one read."""

    def __init__(self, root: Node, report: str, table_fields: Sequence[str], types: dict[str, pa.DataType]) -> None:
        """Prepares to read a report.

        :param table_fields: the fields of a tabular read; none for nested columns
        :param types: of the columns that rows show
        """
        self._report = report
        self._types = types
        self._loads = _json_reader()
        self._fast = None if table_fields else _ArrowReader(root, report)
        self._nested = NestedValues(root)
        self._tabular = TabularValues(root, table_fields) if table_fields else None
        self._names = list(types) if table_fields else self._nested.names

    def read(self, content: bytes) -> Page:
        """Reads a page.

        :raises ValueError: where it is cut off, is no JSON, or has not the service's form
        """
        camel = any(sign in content for sign in _CAMEL_CASE)
        fast = None if camel or self._fast is None else self._fast.read(content)
        if fast is not None and not any(sign in content for sign in _SPOKEN):
            return fast
        members = self._loads(content)
        if camel:
            members = _snake_case(members)
        if not isinstance(members, dict):
            raise ValueError("where an object should be there is something else")
        page = _envelope(members)
        if fast is not None:
            for match, read in zip(page.matches, fast.matches):
                match.rows = read.rows
            page.columns, page.keys = fast.columns, fast.keys
        else:
            self._fill(page, members["reports"] if page.has_reports else ())
        return page

    def _fill(self, page: Page, reports: Any) -> None:
        """Reads the reports' values one by one."""
        rows: list[list[Any]] = []
        for match, members in zip(page.matches, reports):
            report = members.get("gene") or members.get("product")
            if not isinstance(report, dict):
                continue
            first = len(rows)
            if self._tabular is not None:
                found = self._tabular.rows(report, match.remarks)
                content = hash(repr(found))
                page.keys += [(row[-1], content, number) for number, row in enumerate(found)]
                rows += [row[:-1] for row in found]
            else:
                found = self._nested.rows(report, match.remarks)
                if len(found) == 1 and not match.remarks and all(value is None for value in found[0]):
                    continue
                rows += found
            match.rows = range(first, len(rows))
        page.columns = {
            name: pa.array([row[index] for row in rows], self._types[name]) for index, name in enumerate(self._names)
        }
        if self._tabular is None:
            page.keys = _keys(page.columns, len(rows))


def _json_reader() -> Any:
    try:
        import orjson
    except ImportError:
        return json.loads
    return orjson.loads


def _keys(found: dict[str, pa.Array], count: int) -> list[Any]:
    """Gene and transcript of each row; where there is no gene, everything that was read of it."""
    genes = found["gene_id"].to_pylist()
    others = found["transcript_accession"].to_pylist() if "transcript_accession" in found else [None] * count
    return [
        (gene, other) if gene is not None else repr([column[index].as_py() for column in found.values()])
        for index, (gene, other) in enumerate(zip(genes, others))
    ]


# ------------------------------------------------------------------------------------------- by Arrow


class _ArrowReader:
    """Reads pages with Arrow's reader of JSON, which makes no objects of Python of the reports' members."""

    def __init__(self, root: Node, report: str) -> None:
        self._root = root
        self._report = report
        self._transcripts = transcripts(root)
        members = pa.struct([pa.field(child.name, json_type(child)) for child in root.children])
        match = pa.struct([pa.field(report, members), pa.field("query", pa.list_(pa.string()))])
        self._schema = pa.schema(
            [
                pa.field("reports", pa.list_(match)),
                pa.field("next_page_token", pa.string()),
                pa.field("total_count", pa.int64()),
            ]
        )

    def read(self, content: bytes) -> Page | None:
        """The page; None where something in it is not as NCBI documents it, so that it is read one by one."""
        try:
            return self._read(content)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
            return None

    def _read(self, content: bytes) -> Page | None:
        from pyarrow import json as arrow_json

        table = arrow_json.read_json(
            pa.BufferReader(content),
            arrow_json.ReadOptions(use_threads=False, block_size=len(content) + 1),
            arrow_json.ParseOptions(self._schema, newlines_in_values=True, unexpected_field_behavior="ignore"),
        )
        if table.num_rows != 1:
            return None
        lists = table.column("reports").chunk(0)
        if lists.null_count:
            return None
        reports = lists.flatten()
        if reports.null_count:
            return None
        genes = reports.field(self._report)
        if genes.null_count:
            return None
        count = len(reports)
        rows_of, parents, children = self._rows(genes, count)
        found = {}
        for node in columns(self._root):
            if self._transcripts is not None and _is_below(node, self._transcripts):
                raw = _values(_flat(genes, self._transcripts), _steps(node, self._transcripts))
                raw = raw.take(children)
            else:
                raw = _values(genes, _steps(node, self._root))
                raw = raw if self._transcripts is None else raw.take(parents)
            found[node.column] = _typed(raw, node)
        if found["gene_id"].null_count:
            return None
        queries = reports.field("query").to_pylist()
        matches = [
            Match([one for one in query or () if one is not None], rows=rows) for query, rows in zip(queries, rows_of)
        ]
        return Page(
            matches,
            found,
            _keys(found, len(parents) if parents is not None else count),
            table.column("next_page_token")[0].as_py() or None,
            table.column("total_count")[0].as_py(),
        )

    def _rows(self, genes: Any, count: int) -> tuple[list[range], Any, Any]:
        """The rows of each report, and of each row the report and the transcript that it is of."""
        if self._transcripts is None:
            return [range(index, index + 1) for index in range(count)], None, None
        listed = genes.field(self._transcripts.name)
        if listed.flatten().null_count:
            raise pa.ArrowInvalid("a transcript is null")
        rows: list[range] = []
        parents: list[int] = []
        children: list[int | None] = []
        transcript = 0
        for index, length in enumerate(pc.list_value_length(listed).to_pylist()):
            first = len(parents)
            parents += [index] * max(1, length or 0)
            children += range(transcript, transcript + length) if length else [None]
            transcript += length or 0
            rows.append(range(first, len(parents)))
        return rows, pa.array(parents, pa.int32()), pa.array(children, pa.int32())


def _flat(genes: Any, node: Node) -> Any:
    return genes.field(node.name).flatten()


def _is_below(node: Node, above: Node) -> bool:
    parent = node.parent
    while parent is not None and parent is not above:
        parent = parent.parent
    return parent is above


def _steps(node: Node, above: Node) -> list[str]:
    steps = [node.name]
    parent = node.parent
    while parent is not None and parent is not above:
        steps.insert(0, parent.name)
        parent = parent.parent
    return steps


def _values(holders: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        holders = pc.struct_field(holders, [holders.type.get_field_index(step)])
    return holders


def _typed(raw: Any, node: Node) -> Any:
    return raw.cast(arrow_type(column_type(node)))


# ------------------------------------------------------------------------------------------- by Python


def _envelope(members: dict[str, Any]) -> Page:
    """All of a page but the reports' values."""
    page = Page([], {}, [], has_reports=False, is_blank=not members)
    stranger = ""
    for name, value in members.items():
        if name == "reports":
            if isinstance(value, list):
                page.has_reports = True
            else:
                page.oddity = page.oddity or "'reports' that is not a list"
        elif name == "next_page_token":
            page.token = value if isinstance(value, str) and value.strip() else None
        elif name == "total_count":
            page.total = _count(value)
        elif name == "messages":
            _read_messages(page, value)
        elif name == "error":
            _read_error(page, value)
        elif name == "errors":
            found = _warnings(value)
            page.messages += found
            page.errors += found
        else:
            if name == "message":
                _say(page, value)
            if name not in _MATCH_MEMBERS or name in ("gene", "product", "query"):
                stranger = stranger or name
    if stranger and not page.has_reports:
        page.oddity = page.oddity or f"'{quoted(stranger)}' and no reports"
    if page.has_reports:
        page.matches = [_match(one) for one in members["reports"]]
    return page


def _match(members: Any) -> Match:
    if not isinstance(members, dict):
        raise ValueError("where a report should be there is something else")
    query = members.get("query")
    texts = [text_of(one) for one in (query if isinstance(query, list) else [query])]
    errors = _warnings(members.get("errors"))
    warnings = [one for name in members if name in ("warnings", "warning") for one in _warnings(members[name])]
    return Match([one for one in texts if one is not None], [*warnings, *errors], errors)


def _count(value: Any) -> int | None:
    text = str(value)
    return int(text) if isinstance(value, (int, str)) and text.isascii() and text.isdigit() else None


def _read_messages(page: Page, value: Any) -> None:
    for message in value if isinstance(value, list) else [value]:
        for name, said in message.items() if isinstance(message, dict) else ():
            if name in ("warning", "warnings", "error", "errors"):
                found = _warnings(said)
                page.messages += found
                page.errors += found if name.startswith("error") else []


def _read_error(page: Page, value: Any) -> None:
    """Reads a gateway's error: a text beside a message, or an object that contains the message."""
    if value is None:
        return
    page.oddity = page.oddity or "an error"
    for said in [value] if not isinstance(value, dict) else [value.get("message"), value.get("status")]:
        _say(page, said)


def _say(page: Page, value: Any) -> None:
    """Takes note of the longest text, which usually says most."""
    if isinstance(value, str) and len(value) > len(page.said):
        page.said = value


def _warnings(value: Any) -> list[Warning]:
    return [_warning(one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _warning(members: dict[str, Any]) -> Warning:
    code = None
    for name, value in members.items():
        # gene_warning_code, gene_error_code, and the codes of NCBI's other services
        if name.endswith("_code"):
            code = text_of(value)
    replaced = members.get("replaced_id")
    replaced = replaced if isinstance(replaced, dict) else {}
    invalid = members.get("invalid_identifiers")
    if "invalid_identifiers" in members:
        texts = [text_of(one) for one in (invalid if isinstance(invalid, list) else [invalid])]
        invalid = [one for one in texts if one is not None]
    return (
        code,
        text_of(members.get("reason")),
        text_of(members.get("message")),
        text_of(replaced.get("requested")),
        text_of(replaced.get("returned")),
        text_of(members.get("unrecognized_identifier")),
        invalid,
    )


def _snake_case(value: Any) -> Any:
    """Members by the names that NCBI's service gives them; its data packages have them in camelCase."""
    if isinstance(value, list):
        return [_snake_case(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        "".join(f"_{char.lower()}" if char.isupper() else char for char in name): _snake_case(one)
        for name, one in value.items()
    }
