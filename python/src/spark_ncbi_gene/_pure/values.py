"""From a report's members to values of columns, one by one: for what Arrow's own reader of JSON does not take."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from typing import Any

from .registry import Node, columns, table_fields, transcripts

Reader = Callable[[Any, "list[str]"], Any]

_WORDS = {
    "string": "text",
    "enum": "a word",
    "uint64": "a 64-bit number",
    "int": "a 32-bit number",
    "date": "a date",
    "group": "an object",
}
_SHOWN = 100
_MOST_REMARKS = 1000
_DAY = "2011-11-01"
# What NCBI leaves empty in a table, besides 0 and empty texts.
_FIRST_WORDS = {"UNKNOWN", "rna_UNKNOWN", "none", "SELECT_UNKNOWN", "Unknown"}


def text_of(value: Any) -> Any:
    """The text of a scalar of JSON; None for others."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (dict, list)):
        return None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def malformed(node: Node, value: Any, remarks: list[str]) -> None:
    """Takes note of a value that is not of its field's type, and therefore reads as null."""
    if len(remarks) < _MOST_REMARKS:
        shown = "{" if isinstance(value, dict) else "[" if isinstance(value, list) else text_of(value)
        shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 3] + "..."
        remarks.append(f"{node.path} is '{shown}', which is not {_WORDS[node.type]}; it reads as null")


def reader(node: Node) -> Reader:
    """Reads a member's value, or list of values."""
    one = _group(node) if node.is_group else _SCALARS[node.type](node)
    if not node.repeated:
        return one

    def many(value: Any, remarks: list[str]) -> Any:
        if value is None:
            return None
        return [one(element, remarks) for element in (value if isinstance(value, list) else [value])]

    return many


def _text(node: Node) -> Reader:
    def text(value: Any, remarks: list[str]) -> Any:
        found = text_of(value)
        return malformed(node, value, remarks) if found is None and value is not None else found

    return text


def _date(node: Node) -> Reader:
    def date(value: Any, remarks: list[str]) -> Any:
        if value is None:
            return None
        day = value[: len(_DAY)] if isinstance(value, str) and value[len(_DAY) : len(_DAY) + 1] == "T" else value
        if isinstance(day, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
            try:
                return datetime.date.fromisoformat(day)
            except ValueError:
                pass
        return malformed(node, value, remarks)

    return date


def _number(node: Node) -> Reader:
    bound = 2**63 if node.type == "uint64" else 2**31

    def number(value: Any, remarks: list[str]) -> Any:
        if value is None:
            return None
        if type(value) is int or (isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]+", value)):
            found = int(value)
            if -bound <= found < bound:
                return found
        return malformed(node, value, remarks)

    return number


_SCALARS: dict[str, Callable[[Node], Reader]] = {
    "string": _text,
    "enum": _text,
    "date": _date,
    "uint64": _number,
    "int": _number,
}


def _group(node: Node) -> Reader:
    members = [(child.name, reader(child)) for child in node.children if child.column == "-"]

    def group(value: Any, remarks: list[str]) -> Any:
        if isinstance(value, dict):
            return {name: read(value.get(name), remarks) for name, read in members}
        return None if value is None else malformed(node, value, remarks)

    return group


class NestedValues:
    """The values of rows with nested columns: one row for a gene or, in the product report, for a transcript."""

    def __init__(self, root: Node) -> None:
        self.names = [node.column for node in columns(root)]
        self._at = {name: index for index, name in enumerate(self.names)}
        self._transcripts = transcripts(root)
        self._report = self._filler(root)
        self._transcript = self._filler(self._transcripts) if self._transcripts else None

    def _filler(self, group: Node) -> Callable[[list[Any], dict[str, Any], list[str]], None]:
        parts: list[Any] = []
        for child in group.children:
            if child.column != "-":
                parts.append((child, self._at[child.column], reader(child)))
            elif not child.repeated:
                parts.append((child, None, self._filler(child)))

        def fill(values: list[Any], members: dict[str, Any], remarks: list[str]) -> None:
            for node, index, read in parts:
                value = members.get(node.name)
                if value is None:
                    continue
                if index is not None:
                    values[index] = read(value, remarks)
                elif isinstance(value, dict):
                    read(values, value, remarks)
                else:
                    malformed(node, value, remarks)

        return fill

    def rows(self, report: dict[str, Any], remarks: list[str]) -> list[list[Any]]:
        """The rows of a report; a gene without transcripts is one, too."""
        own: list[Any] = [None] * len(self.names)
        self._report(own, report, remarks)
        if self._transcripts is None or self._transcript is None:
            return [own]
        rows = []
        found = report.get(self._transcripts.name)
        for transcript in found if isinstance(found, list) else [found]:
            if isinstance(transcript, dict):
                row = own.copy()
                self._transcript(row, transcript, remarks)
                rows.append(row)
            elif transcript is not None:
                malformed(self._transcripts, transcript, remarks)
        return rows or [own]


class TabularValues:
    """The rows of NCBI's tabular report, by NCBI's rule.

    Each list of objects that a column lies in has one cursor, opened in the order in which the columns touch the
    lists, and shared by the columns of the list. The rows are all combinations of the cursors' positions, like the
    readings of an odometer; the cursor opened last changes fastest.
    """

    def __init__(self, root: Node, fields: Sequence[str]) -> None:
        known = table_fields(root)
        # Each list of objects: its member, the cursor it lies in, and the steps to it from there.
        self._lists: list[tuple[Node, int, list[str]]] = []
        self._cells = [None if name == "accession" else self._open(known[name]) for name in fields]
        self._gene = self._open(known["gene-id"])

    def _open(self, node: Node) -> tuple[Node, int, list[str], Reader]:
        """A column: its member, the cursor it lies in, the steps to it from there, and how it is read."""
        way: list[Node] = []
        above = node.parent
        while above is not None and above.name:
            way.insert(0, above)
            above = above.parent
        cursor = -1
        steps: list[str] = []
        for group in way:
            steps.append(group.name)
            if group.multiplies:
                if not any(one is group for one, _, _ in self._lists):
                    self._lists.append((group, cursor, steps))
                cursor = next(index for index, (one, _, _) in enumerate(self._lists) if one is group)
                steps = []
        return node, cursor, [*steps, node.name], reader(node)

    def rows(self, report: dict[str, Any], remarks: list[str]) -> list[list[Any]]:
        """The rows of a report, whose last value is the GeneID."""
        lists: list[Any] = [None] * len(self._lists)
        records: list[Any] = [None] * len(self._lists)
        at = [0] * len(self._lists)
        read: dict[tuple[int, int], Any] = {}

        def set_from(first: int) -> None:
            for wheel in range(first, len(self._lists)):
                _, parent, steps = self._lists[wheel]
                found = _follow(report if parent < 0 else records[parent], steps)
                lists[wheel] = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
                records[wheel] = lists[wheel][at[wheel]] if at[wheel] < len(lists[wheel]) else None

        def value(number: int, cell: Any) -> Any:
            node, cursor, steps, one = cell
            record = report if cursor < 0 else records[cursor]
            key = (number, id(record))
            if key not in read:
                read[key] = _cell(node, one(_follow(record, steps), remarks))
            return read[key]

        cells = [*self._cells, self._gene]
        rows = []
        set_from(0)
        while True:
            rows.append([None if cell is None else value(number, cell) for number, cell in enumerate(cells)])
            wheel = len(self._lists) - 1
            while wheel >= 0 and at[wheel] + 1 >= len(lists[wheel]):
                at[wheel] = 0
                wheel -= 1
            if wheel < 0:
                return rows
            at[wheel] += 1
            set_from(wheel)


def _follow(holder: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        holder = holder.get(step) if isinstance(holder, dict) else None
    return holder


def _cell(node: Node, value: Any) -> Any:
    """The value of a table's cell: what NCBI leaves empty in a table is null."""
    if node.repeated:
        return ",".join("" if one is None else str(one) for one in value or ()) or None
    if value == "" or (value == 0 and node.type in ("uint64", "int")):
        return None
    return None if node.type == "enum" and value in _FIRST_WORDS else value
