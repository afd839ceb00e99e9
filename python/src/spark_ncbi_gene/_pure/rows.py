"""The rows of a task's batches, with the responses to the next ones under way."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from .identifiers import INVALID_CODES, Listed, is_well_formed, not_served
from .matching import Hits, Matcher
from .pages import Match, Page, PageReader, Warning, names_in, own_warning
from .registry import Node, arrow_type
from .service import RequestFailure, Service, Spec
from .texts import GeneError

# After this many identifiers were refused one by one, and none succeeded, another part of the request is the cause.
_REFUSALS_IN_VAIN = 3
_REFUSALS_OF_IDENTIFIERS_IN_VAIN = 20
_MOST_MESSAGES = 100
# The column that shows an accession in the rows that are its own.
_OWN_COLUMNS = {"transcript": "transcript_accession", "protein": "protein_accession"}


@dataclass
class _Out:
    """Rows that are being made: which row of a page, under which identifier, with which warnings."""

    identifiers: list[str] = field(default_factory=list)
    rows: list[int | None] = field(default_factory=list)
    warnings: list[list[Warning] | None] = field(default_factory=list)
    queries: list[list[str] | None] = field(default_factory=list)


@dataclass
class _Said:
    """What NCBI says of identifiers without a gene."""

    remarks: dict[str, dict[Any, Warning]] = field(default_factory=dict)
    messages: list[Warning] = field(default_factory=list)

    def address(self, matcher: Matcher, warning: Warning) -> None:
        """Gives a warning to the identifiers that it names."""
        about = matcher.known_as(names_in(warning))
        for identifier in about:
            self.remark(identifier, warning)
        if not about and len(self.messages) < _MOST_MESSAGES:
            self.messages.append(warning)

    def remark(self, identifier: str, warning: Warning) -> None:
        """Gives a warning to an identifier, once."""
        self.remarks.setdefault(identifier, {})[repr(warning)] = warning


class Batches:
    """The rows of a task."""

    def __init__(self, spec: Spec, rate: float, root: Node, schema: Any) -> None:
        """Prepares to read.

        :param rate: the task's share of requests in a second
        :param schema: Spark's schema of the rows
        """
        self._spec = spec
        self._rate = rate
        self._types = {one.name: arrow_type(one.dataType) for one in schema.fields}
        self._fields = spec.table_fields
        own = [name for name in self._types if name != "warnings" and not name.startswith("_")]
        if not self._fields or "accession" not in self._fields:
            own = [name for name in own if name != "accession"]
        values = {name: self._types[name] for name in own}
        self._pages = PageReader(root, spec.report, spec.table_fields, values)
        self._service = Service(spec, rate, self._pages, self._self_names)
        self._schema = pa.schema([pa.field(name, kind) for name, kind in self._types.items()])
        self._succeeded = False
        self._refused = 0
        # Rows by their keys, over all parts of a batch.
        self._made: set[Any] = set()

    def read(self, batches: Sequence[Sequence[str]], places: dict[str, str]) -> Iterator[pa.RecordBatch]:
        """The rows of these batches."""
        listed = Listed(self._spec.kind, [], places)
        waiting: deque[list[str]] = deque()
        for batch in batches:
            sent = [one for one in batch if is_well_formed(self._spec.kind, one)]
            yield from self._unsent([one for one in batch if not is_well_formed(self._spec.kind, one)], listed)
            if sent:
                waiting.append(sent)
        running: deque[tuple[list[str], Future[list[Page]]]] = deque()
        ahead = self._spec.max_in_flight
        if self._rate > 0:
            ahead = min(ahead, max(2, int(self._rate * 4)))
        pool = ThreadPoolExecutor(ahead)

        def submit() -> None:
            # The first ones show whether the service responds at all.
            most = ahead if self._succeeded else min(ahead, max(2, int(self._rate)))
            while waiting and len(running) < most:
                batch = waiting.popleft()
                running.append((batch, pool.submit(self._service.batch, batch)))

        try:
            while waiting or running:
                submit()
                batch, pages = running.popleft()
                try:
                    found = pages.result()
                except RequestFailure as failure:
                    parts = self._divide(batch, failure)
                    if not parts:
                        yield from self._refusal(batch[0], failure)
                    waiting.extendleft(reversed(parts))
                    continue
                self._succeeded = True
                # The next requests do not wait for the rows of this one.
                submit()
                again: list[list[str]] = []
                yield from self._batch(batch, found, again)
                waiting.extendleft(reversed(again))
        finally:
            self._service.close()
            pool.shutdown(wait=False, cancel_futures=True)

    def _divide(self, batch: list[str], failure: RequestFailure) -> list[list[str]]:
        """What is requested instead of a batch; nothing where its only identifier is taken as unknown."""
        half = len(batch) // 2
        if failure.kind in ("large", "slow") and half:
            return [batch[:half], batch[half:]]
        if failure.kind == "refused":
            named = [one for one in batch if _names(failure.said, one)]
            if half and named and len(named) < len(batch):
                return [[one for one in batch if one not in named], *([one] for one in named)]
            if half:
                return [batch[:half], batch[half:]] if self._succeeded else [batch[:1], batch[1:]]
            self._refused += 1
            only = named or self._spec.taxon is None
            if self._succeeded or self._refused < (_REFUSALS_OF_IDENTIFIERS_IN_VAIN if only else _REFUSALS_IN_VAIN):
                return []
        raise failure.error

    # -------------------------------------------------------------------------------- of a batch's response

    def _batch(self, batch: list[str], pages: list[Page], again: list[list[str]]) -> Iterator[pa.RecordBatch]:
        matcher = Matcher(self._spec.kind, batch)
        said = _Said()
        in_doubt: dict[str, None] = {}
        with_own: set[str] = set()
        nameless = False
        for page in pages:
            out = _Out()
            foreign: list[tuple[Match, list[str]]] = []
            for match in page.matches:
                if not match.rows:
                    self._remarks(match, matcher, said)
                    continue
                self._check_values(match)
                hits = self._hits(page, match, matcher, batch)
                if not match.query and len(batch) > 1:
                    by_name = hits.now or hits.in_doubt
                    nameless |= self._spec.kind.option == "accessions" or not by_name
                in_doubt.update(dict.fromkeys(hits.in_doubt))
                with_own.update(one for one in hits.now if self._rows_of(page, match, one))
                if match.remarks and self._spec.mode == "DROPMALFORMED":
                    continue
                if hits.foreign:
                    foreign.append((match, hits.foreign))
                else:
                    self._add(out, page, match, hits.now, matcher)
            for match, identifiers in foreign:
                self._add(out, page, match, identifiers, matcher)
            for message in page.messages:
                said.address(matcher, message)
            yield from self._made_of(out, page)
        unmatched = matcher.unmatched()
        if nameless:
            # Requested one at a time, an identifier's response needs no name.
            again += [[identifier] for identifier in unmatched]
        else:
            doubtful = [one for one in unmatched if one in in_doubt and one not in said.remarks]
            again += matcher.apart(doubtful)
            yield from self._missing([one for one in unmatched if one not in doubtful], said, pages[-1])
        without_own = [one for one in batch if one in matcher.matched and one not in with_own]
        yield from self._missing_own(without_own, pages[-1])

    def _rows_of(self, page: Page, match: Match, identifier: str) -> Sequence[int]:
        """The rows of a report that an identifier gives; an accession without a version is one of any version."""
        own = _OWN_COLUMNS.get(self._spec.accession_rows)
        if own is None:
            return match.rows
        shown = page.texts(own)
        return [row for row in match.rows if identifier in (shown[row], (shown[row] or "").rpartition(".")[0])]

    def _hits(self, page: Page, match: Match, matcher: Matcher, batch: list[str]) -> Hits:
        if match.query:
            return matcher.hits(match.query, match.requested)
        if len(batch) == 1:
            matcher.matched.add(batch[0])
            return Hits([batch[0]], [], [])
        names = self._names_of(page, match)
        if self._spec.kind.option == "accessions":
            # Reports by accession show only the current versions, and may belong to more accessions than they show.
            return matcher.exactly(names, match.requested)
        hits = matcher.hits(names, match.requested)
        return Hits(hits.now, hits.in_doubt, [])

    def _self_names(self, page: Page) -> list[list[str]]:
        """Of each report its own names, where they are needed: reports nearly always echo what was requested."""
        return [[] if match.query and match.rows else self._names_of(page, match) for match in page.matches]

    def _names_of(self, page: Page, match: Match) -> list[str]:
        if self._fields:
            return []
        product = self._spec.report == "product"
        columns = {
            "accessions": ("transcript_accession", "protein_accession") if product else (),
            "gene_ids": ("gene_id",),
            "locus_tags": () if product else ("locus_tag",),
            "symbols": ("symbol",) if product else ("symbol", "synonyms"),
        }[self._spec.kind.option]
        names = []
        for row in match.rows:
            for column in columns:
                value = page.columns[column][row].as_py()
                names += [str(one) for one in (value if isinstance(value, list) else [value]) if one is not None]
        return names

    def _check_values(self, match: Match) -> None:
        if match.remarks and self._spec.mode == "FAILFAST":
            raise GeneError(
                "MALFORMED_VALUE",
                f"In a response of {self._spec.base_url} {match.remarks[0]} with mode PERMISSIVE, and is an error with"
                " FAILFAST.",
            )

    def _remarks(self, match: Match, matcher: Matcher, said: _Said) -> None:
        """Takes note of what NCBI says of identifiers without a gene, which the report echoes or names."""
        for warning in match.warnings:
            if not matcher.known_as(names_in(warning)):
                for identifier in matcher.known_as(match.query):
                    said.remark(identifier, warning)
            said.address(matcher, warning)

    def _add(self, out: _Out, page: Page, match: Match, identifiers: list[str], matcher: Matcher) -> None:
        """Adds the rows of a report; a warning that names identifiers is on their rows only."""
        of_all: list[Warning] = []
        addressed: dict[str, list[Warning]] = {}
        for warning in match.warnings:
            about = matcher.known_as(names_in(warning))
            if not about:
                of_all.append(warning)
            for identifier in about:
                addressed.setdefault(identifier, []).append(warning)
        remarks = [own_warning("MALFORMED_VALUE", one) for one in match.remarks]
        once = self._fields and "accession" not in self._fields
        for identifier in identifiers:
            warnings = [*addressed.get(identifier, ()), *of_all, *remarks] or None
            for row in self._rows_of(page, match, identifier):
                # NCBI's table contains a gene once, however many identifiers match it.
                key = (None if once else identifier, page.keys[row])
                if key not in self._made:
                    self._made.add(key)
                    out.identifiers.append(identifier)
                    out.rows.append(row)
                    out.warnings.append(warnings)
                    out.queries.append(match.query or None)

    # -------------------------------------------------------------------------------- without a gene

    def _unsent(self, identifiers: list[str], listed: Listed) -> Iterator[pa.RecordBatch]:
        """The rows of what cannot be an identifier, and was not sent."""
        if self._spec.mode != "PERMISSIVE" or not identifiers:
            return
        out = _Out()
        code = INVALID_CODES[self._spec.kind.option]
        for identifier in identifiers:
            why = listed.why_invalid(identifier)
            self._add_missing(out, identifier, [(code, None, why, None, None, None, [identifier])])
        yield from self._made_of(out, None)

    def _refusal(self, identifier: str, failure: RequestFailure) -> Iterator[pa.RecordBatch]:
        text = str(failure.error)
        said = _Said()
        said.remark(identifier, own_warning("NOT_FOUND", text, identifier))
        yield from self._missing([identifier], said, None)

    def _missing(self, identifiers: list[str], said: _Said, page: Page | None) -> Iterator[pa.RecordBatch]:
        kind = self._spec.kind
        of_taxon = f" of taxon '{self._spec.taxon}'" if kind.option == "symbols" else ""
        # What is said of the taxon is said of all its symbols.
        about_taxon = [one for one in said.messages if of_taxon and self._spec.taxon in names_in(one)]
        why = (f"NCBI returned nothing for {kind.words} ", of_taxon)
        known = {one: [*about_taxon, *said.remarks.get(one, {}).values()] for one in identifiers}
        yield from self._without_rows(known, why, page)

    def _missing_own(self, identifiers: list[str], page: Page) -> Iterator[pa.RecordBatch]:
        """Rows of accessions whose genes were found, but no transcript or protein that they are."""
        why = (f"NCBI's report holds no {self._spec.accession_rows} ", ", only its gene with others")
        yield from self._without_rows({one: [] for one in identifiers}, why, page)

    def _without_rows(
        self, identifiers: dict[str, list[Warning]], why: tuple[str, str], page: Page | None
    ) -> Iterator[pa.RecordBatch]:
        """Rows of identifiers without others, by ``mode``.

        :param identifiers: each with what NCBI says of it
        :param why: what stands before and after the identifier in the reason
        """
        if not identifiers or self._spec.mode == "DROPMALFORMED":
            return
        before, after = why
        out = _Out()
        for identifier, known in identifiers.items():
            advice = not_served(self._spec.kind, identifier)
            if self._spec.mode == "FAILFAST":
                words = next((one[2] or one[1] for one in known if one[2] or one[1]), None)
                raise GeneError(
                    "NOT_FOUND",
                    f"{before}'{identifier}'{after}"
                    + (f", which says '{words}'" if words else "")
                    + ", and mode is FAILFAST."
                    + (f" {advice}" if advice and not known else "")
                    + " Correct it, or read with mode PERMISSIVE to get a row that says so, or DROPMALFORMED to get"
                    " none.",
                )
            own = own_warning("NOT_FOUND", f"{before}{identifier}{after}" + (f". {advice}" if advice else ""))
            self._add_missing(out, identifier, known or [own])
        yield from self._made_of(out, page)

    @staticmethod
    def _add_missing(out: _Out, identifier: str, warnings: list[Warning]) -> None:
        out.identifiers.append(identifier)
        out.rows.append(None)
        out.warnings.append(warnings)
        out.queries.append(None)

    # -------------------------------------------------------------------------------- as Arrow's batches

    def _made_of(self, out: _Out, page: Page | None) -> Iterator[pa.RecordBatch]:
        if self._fields and "accession" not in self._fields:
            # An identifier without a gene would be a row of nothing.
            kept = [index for index, row in enumerate(out.rows) if row is not None]
            out = _Out(*([values[index] for index in kept] for values in vars(out).values()))
        if out.rows:
            columns = {name: self._column(name, kind, out, page) for name, kind in self._types.items()}
            yield pa.RecordBatch.from_arrays(list(columns.values()), schema=self._schema)

    def _column(self, name: str, kind: pa.DataType, out: _Out, page: Page | None) -> pa.Array:
        option = self._spec.kind.option
        count = len(out.rows)
        if name == "accession":
            return pa.array(out.identifiers if option == "accessions" else [None] * count, kind)
        if name == "warnings" and not self._fields:
            names = [one.name for one in kind.value_type]
            lists = [None if one is None else [dict(zip(names, warning)) for warning in one] for one in out.warnings]
            return pa.array(lists, kind)
        if name.startswith("_"):
            return pa.array(self._traces(name, out, page), kind)
        if any(row is not None for row in out.rows) and page is not None:
            return page.columns[name].take(pa.array(out.rows, pa.int32()))
        if name == self._spec.kind.column and not self._fields:
            return pa.array([_value(option, one) for one in out.identifiers], kind)
        return pa.nulls(count, kind)

    def _traces(self, name: str, out: _Out, page: Page | None) -> list[Any]:
        if name == "_requested":
            return list(out.identifiers)
        if name == "_query":
            return list(out.queries)
        value = None if page is None else page.request_id if name == "_request_id" else page.retrieved_at
        return [value] * len(out.rows)


def _value(option: str, identifier: str) -> Any:
    """What the identifier's own column shows where there is no gene."""
    if option != "gene_ids":
        return identifier
    number = int(identifier) if re.fullmatch("[+-]?[0-9]{1,19}", identifier) else None
    return number if number is not None and -(2**63) <= number < 2**63 else None


def _names(message: str, identifier: str) -> bool:
    # The plain search is far cheaper than an expression for each identifier of a batch.
    return identifier in message and (
        re.search(r"(?<![\w.])" + re.escape(identifier) + r"(?![\w.]*\w)", message) is not None
    )
