"""Reports' members and columns, from the registry of table fields that the jar uses too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
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

from .texts import GeneError, quoted


@dataclass
class Node:
    """A member of a report: a line of the registry."""

    name: str
    path: str
    repeated: bool
    type: str
    mnemonic: str
    column: str
    comment: str
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        """True for an object."""
        return self.type == "group"

    @property
    def multiplies(self) -> bool:
        """True for a list of objects, which multiplies the rows of a tabular report."""
        return self.repeated and self.is_group


def read_registry(text: str) -> Node:
    """The registry's tree; its lines are those of the jar's own file."""
    root = Node("", "", False, "group", "-", "-", "")
    by_path = {"": root}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        path, kind, mnemonic, _, column, comment = line.split("\t")
        above, _, name = path.rpartition(".")
        parent = by_path[above]
        node = Node(name.removesuffix("[]"), path, name.endswith("[]"), kind, mnemonic, column, comment, parent)
        parent.children.append(node)
        by_path[path] = node
    return root


def columns(node: Node) -> Iterator[Node]:
    """The members that are columns, in the registry's order."""
    for child in node.children:
        if child.column != "-":
            yield child
        else:
            yield from columns(child)


def transcripts(root: Node) -> Node | None:
    """The list whose elements are rows of their own; None in the gene report."""
    return next((child for child in root.children if child.column == "-" and child.repeated), None)


def nodes(node: Node) -> Iterator[Node]:
    """All members below this one."""
    for child in node.children:
        yield child
        yield from nodes(child)


# ------------------------------------------------------------------------------------------- Spark's types

_SCALARS: dict[str, DataType] = {
    "string": StringType(),
    "enum": StringType(),
    "uint64": LongType(),
    "int": IntegerType(),
    "date": DateType(),
}
_WARNING_COMMENTS = {
    "code": "NCBI's code, or the connector's NOT_FOUND, NOT_CACHED, INVALID_ACCESSION or MALFORMED_VALUE",
    "reason": "NCBI's reason",
    "message": "The warning, in words",
    "requested": "Requested identifier, if NCBI returned another",
    "returned": "Identifier that NCBI returned instead",
    "unrecognized_identifier": "Identifier that NCBI does not know",
    "invalid_identifiers": "Identifiers that NCBI or the connector calls invalid",
}
_METADATA_COMMENTS = {
    "_requested": "The identifier exactly as it was requested, of whatever kind",
    "_query": "Identifiers that the gene answers, as NCBI echoes them; null where it echoes none",
    "_request_id": "NCBI's id of the request that the row comes from, for questions to NCBI's support",
    "_retrieved_at": "When NCBI sent the response that the row comes from",
}


def _commented(name: str, kind: DataType, comment: str) -> StructField:
    return StructField(name, kind, True, {"comment": comment})


def _element(node: Node) -> DataType:
    if not node.is_group:
        return _SCALARS[node.type]
    return StructType([_field(child.name, child) for child in node.children if child.column == "-"])


def column_type(node: Node) -> DataType:
    """The type of a member's values."""
    one = _element(node)
    return ArrayType(one) if node.repeated else one


def _field(name: str, node: Node) -> StructField:
    return _commented(name, column_type(node), node.comment)


def _accession() -> StructField:
    comment = "The accession exactly as requested; null if the scan was not by accession"
    return _commented("accession", StringType(), comment)


def nested_schema(root: Node, metadata: bool = False) -> StructType:
    """The columns of a report, equal to those of the jar's source.

    :param metadata: with the metadata columns, which are columns like others here
    """
    warning = StructType(
        [
            _commented(name, ArrayType(StringType()) if name == "invalid_identifiers" else StringType(), comment)
            for name, comment in _WARNING_COMMENTS.items()
        ]
    )
    comment = "Warnings of NCBI or the connector about this row; null if there are none"
    types = (StringType(), ArrayType(StringType()), StringType(), TimestampType())
    rest = [_commented(name, kind, text) for (name, text), kind in zip(_METADATA_COMMENTS.items(), types)]
    return StructType(
        [
            _accession(),
            *(_field(node.column, node) for node in columns(root)),
            _commented("warnings", ArrayType(warning), comment),
            *(rest if metadata else []),
        ]
    )


def tabular_schema(root: Node, fields: Sequence[str]) -> StructType:
    """The columns of a tabular read: each table field's mnemonic in snake_case."""
    known = table_fields(root)
    found = []
    for name in fields:
        if name == "accession":
            found.append(_accession())
            continue
        node = known[name]
        kind = StringType() if node.repeated else _element(node)
        comment = node.comment + (", joined by commas" if node.repeated else "")
        found.append(_commented(name.replace("-", "_"), kind, comment))
    return StructType(found)


# ------------------------------------------------------------------------------------------- table fields

_SUMMARY = {
    "gene": (
        "gene-id",
        "symbol",
        "description",
        "tax-name",
        "gene-type",
        "transcript-count",
        "group-id",
        "group-method",
    ),
    "product": (
        "gene-id",
        "symbol",
        "description",
        "tax-name",
        "transcript-accession",
        "transcript-name",
        "transcript-length",
        "transcript-protein-accession",
        "transcript-protein-name",
        "transcript-protein-length",
    ),
}
_GENE_ONTOLOGY = (
    "gene-id",
    "symbol",
    "go-bp-id",
    "go-bp-name",
    "go-cc-id",
    "go-cc-name",
    "go-mf-id",
    "go-mf-name",
)


def table_fields(root: Node) -> dict[str, Node]:
    """The members that NCBI's tabular report has, by its names for them."""
    return {node.mnemonic: node for node in nodes(root) if node.mnemonic != "-"}


def of_format(name: str, report: str) -> list[str]:
    """The fields of a named set of them."""
    if name == "summary":
        return list(_SUMMARY[report])
    if report == "product":
        raise GeneError(
            "CONFLICTING_OPTIONS",
            "Option table_format is 'gene-ontology', which is of the gene report only; set report to gene.",
        )
    return list(_GENE_ONTOLOGY)


def check_fields(fields: Sequence[str], root: Node, report: str) -> None:
    """Fails on fields that the report does not have, and on those named twice."""
    known = table_fields(root)
    if not fields:
        raise GeneError("INVALID_OPTION", "Option table_fields names no table field. Give one, such as gene-id.")
    for name in fields:
        if name != "accession" and name not in known:
            raise GeneError(
                "UNKNOWN_TABLE_FIELD",
                f"Option table_fields holds '{quoted(name)}', which is not a table field of the {report} report. All"
                " table fields are listed in docs/schema.md.",
            )
    if len(set(fields)) < len(fields):
        raise GeneError(
            "INVALID_OPTION",
            f"Option table_fields is '{quoted(','.join(fields))}' but must name each field once, since each becomes a"
            " column.",
        )


# ------------------------------------------------------------------------------------------- Arrow's types


def arrow_type(kind: DataType) -> pa.DataType:
    """Arrow's type of the values of a column."""
    if isinstance(kind, ArrayType):
        return pa.list_(arrow_type(kind.elementType))
    if isinstance(kind, StructType):
        return pa.struct([pa.field(one.name, arrow_type(one.dataType)) for one in kind.fields])
    scalars: dict[str, Any] = {
        "string": pa.string(),
        "bigint": pa.int64(),
        "int": pa.int32(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us", "UTC"),
    }
    return scalars[kind.simpleString()]


def arrow_schema(schema: StructType) -> pa.Schema:
    """Arrow's schema of the rows."""
    return pa.schema([pa.field(one.name, arrow_type(one.dataType)) for one in schema.fields])


def json_type(node: Node) -> pa.DataType:
    """Arrow's type of a member as NCBI writes it in JSON: numbers of 64 bits and dates are texts there."""
    if node.is_group:
        kind = pa.struct([pa.field(child.name, json_type(child)) for child in node.children])
    else:
        kind = pa.int32() if node.type == "int" else pa.string()
    return pa.list_(kind) if node.repeated else kind
