"""The data source itself: where Spark comes in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
from pyspark.sql.types import StructType

from .identifiers import KINDS, Listed
from .lists import parse
from .options import Options
from .registry import check_fields, nested_schema, of_format, read_registry, tabular_schema
from .rows import Batches
from .service import Spec
from .texts import GeneError

_NCBI = "https://api.ncbi.nlm.nih.gov/datasets/v2"


@dataclass
class _Partition(InputPartition):
    """Batches, the places of their malformed identifiers, and the requests a second that they may make."""

    batches: list[list[str]]
    places: dict[str, str]
    rate: float
    number: int = field(default=0)


class NcbiGeneDataSource(DataSource):
    """NCBI's gene and product reports, in pure Python."""

    # The texts of the registries of table fields, by report.
    registries: dict[str, str] = {}  # noqa: RUF012

    @classmethod
    def name(cls) -> str:
        """The name by which the jar's source goes, too."""
        return "ncbi-gene"

    def schema(self) -> StructType:
        """The columns that the options request."""
        return _schema(Options(self.options), self.registries)

    def reader(self, schema: StructType) -> DataSourceReader:
        """Checks the options; sends nothing."""
        return _Reader(Options(self.options), self.registries)


class _Reader(DataSourceReader):
    """Plans batches on the driver, and reads them in tasks."""

    def __init__(self, options: Options, registries: dict[str, str]) -> None:
        self._spec, self._listed = _spec(options, registries)
        self._schema = _schema(options, registries)
        self._batch_size = options.whole("batch_size", 1, 1000, 1000)
        self._partitions = options.whole("max_partitions", 1, 100_000, 2)
        if self._spec.mode == "FAILFAST":
            self._listed.check()

    def partitions(self) -> Sequence[InputPartition]:
        """Batches, divided over the partitions as the rate is."""
        size, identifiers = self._batch_size, self._listed.identifiers
        batches = [identifiers[start : start + size] for start in range(0, len(identifiers), size)]
        rate = self._spec.rate
        count = min(len(batches), self._partitions)
        if rate > 0:
            count = min(count, max(1, int(rate)))
        planned = []
        for index in range(count):
            # Each takes a whole number of requests, so that all together keep the rate in any second.
            share = rate if count == 1 or rate == 0 else float(int(rate) // count + (index < int(rate) % count))
            own = batches[index::count]
            places = {one: self._listed.places[one] for batch in own for one in batch if one in self._listed.places}
            planned.append(_Partition(own, places, share, index))
        return planned

    def read(self, partition: InputPartition) -> Iterator[Any]:
        """The rows of a partition, as Arrow's batches."""
        assert isinstance(partition, _Partition)
        rows = Batches(self._spec, partition.rate, read_registry(self._spec.registry), self._schema)
        return rows.read(partition.batches, partition.places)


def _report(options: Options) -> str:
    if options.text("report").lower() in ("location", "transcript"):
        raise GeneError(
            "CONFLICTING_OPTIONS",
            f"Option report is '{options.text('report')}', a view that only the jar's data source has. Give gene or"
            " product.",
        )
    return options.word("report", "gene", "product")


def _table_fields(options: Options, registries: dict[str, str]) -> list[str]:
    report = _report(options)
    if "table_fields" in options and "table_format" in options:
        raise GeneError(
            "CONFLICTING_OPTIONS",
            "Options table_fields and table_format each name the columns. Give one of them.",
        )
    if "table_format" in options:
        return of_format(options.word("table_format", "summary", "gene-ontology"), report)
    if "table_fields" not in options:
        return []
    fields = parse("table_fields", options.text("table_fields"))
    check_fields(fields, read_registry(registries[report]), report)
    return fields


def _schema(options: Options, registries: dict[str, str]) -> StructType:
    root = read_registry(registries[_report(options)])
    fields = _table_fields(options, registries)
    metadata = options.word("metadata", "false", "true") == "true"
    if fields and metadata:
        raise GeneError(
            "CONFLICTING_OPTIONS",
            "A tabular read has no metadata columns. Drop metadata, or table_fields and table_format.",
        )
    return tabular_schema(root, fields) if fields else nested_schema(root, metadata)


def _accession_rows(options: Options) -> str:
    rows = options.word("accession_rows", "gene", "transcript", "protein")
    if rows == "gene":
        return rows
    conflict = None
    if _report(options) != "product":
        conflict = "is for the product report; set report to product"
    elif "accessions" not in options:
        conflict = "is for a list of accessions; give accessions, or drop it"
    else:
        table = next((name for name in ("table_fields", "table_format") if name in options), None)
        conflict = f"does not go together with {table}; drop one of them" if table else None
    if conflict:
        raise GeneError("CONFLICTING_OPTIONS", f"Option accession_rows = {rows} {conflict}.")
    return rows


def _spec(options: Options, registries: dict[str, str]) -> tuple[Spec, Listed]:
    kinds = [kind for name, kind in KINDS.items() if name in options]
    if "taxon" in options and "symbols" not in options:
        raise GeneError(
            "CONFLICTING_OPTIONS",
            "The data source in pure Python reads no whole taxon, and only symbols are of a taxon. Give symbols with"
            " taxon, or use the jar's data source.",
        )
    if not kinds:
        raise GeneError(
            "NO_SELECTOR",
            "Nothing says which genes to read. Give accessions, gene_ids, locus_tags, or symbols with taxon; this"
            " source takes no filters in their place.",
        )
    if len(kinds) > 1:
        raise GeneError(
            "SEVERAL_SELECTORS",
            f"Options {' and '.join(kind.option for kind in kinds)} each say which genes to read. Give one of them, or"
            " read twice and union.",
        )
    kind = kinds[0]
    if kind.option == "symbols" and "taxon" not in options:
        raise GeneError(
            "CONFLICTING_OPTIONS",
            "Option symbols needs taxon, since a symbol names a gene only within a taxon. Set taxon, for example to"
            " human or 9606.",
        )
    accession_rows = _accession_rows(options)
    # Without effect here: the rows are the same with either value.
    options.word("push_down", "true", "false")
    listed = Listed.of(kind, parse(kind.option, options.text(kind.option)))
    if not listed.identifiers:
        raise GeneError("INVALID_OPTION", f"Option {kind.option} is empty. Give at least one {kind.words}.")
    keys = {options.secret(name) for name in ("api_key", "api_token") if name in options}
    if len(keys) > 1:
        raise GeneError("CONFLICTING_OPTIONS", "Options api_key and api_token have different values. Give one.")
    of_environment = os.environ.get("NCBI_API_KEY", "").strip()
    if not keys and of_environment:
        keys.add(Options({"api_key": of_environment}).secret("api_key"))
    key = next(iter(keys), None)
    report = _report(options)
    subtree = options.word("tax_search_subtree", "false", "true") if "tax_search_subtree" in options else None
    spec = Spec(
        report=report,
        registry=registries[report],
        kind=kind,
        mode=options.word("mode", "PERMISSIVE", "DROPMALFORMED", "FAILFAST"),
        table_fields=tuple(_table_fields(options, registries)),
        metadata=options.word("metadata", "false", "true") == "true",
        base_url=options.url("base_url", os.environ.get("NCBI_GATEWAY_URL", "").strip() or _NCBI),
        key=key,
        rate=options.number("requests_per_second", 10.0 if key else 5.0),
        method=options.word("method", "auto", "get", "post"),
        page_size=options.whole("page_size", 1, 1000, 1000),
        max_pages=options.whole("max_pages", 1, 1_000_000, 10_000),
        max_in_flight=options.whole("max_in_flight", 1, 10_000, 32),
        max_retries=options.whole("max_retries", 0, 1000, 10),
        retry_wait=options.seconds("retry_wait", 1.0),
        timeout=options.seconds("response_timeout", 120.0),
        taxon=options.text("taxon") or None,
        subtree=subtree,
        accession_rows=accession_rows,
    )
    return spec, listed
