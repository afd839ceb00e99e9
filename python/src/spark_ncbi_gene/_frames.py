"""What people do next with a table of genes: what is missing, what is ambiguous, and a table without nested columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._door import has_requested
from ._errors import NcbiGeneError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_IDENTIFIERS = ("accession", "gene_id", "locus_tag", "symbol")


def not_found(df: DataFrame, prefix: str = "") -> DataFrame:
    """The identifiers without a gene, each once, with the reason.

    :param df: of :func:`genes`, :func:`products` or :func:`lookup`, with ``warnings`` and the identifier's column
    :param prefix: what was given to :func:`lookup`
    :return: the columns ``identifier``, ``code`` and ``reason``
    """
    _need(df, prefix, "warnings", "gene_id")
    # A row without a gene holds nothing but its identifier, which may be a GeneID or a symbol.
    gene_id, warnings = _quote(prefix + "gene_id"), _quote(prefix + "warnings")
    rest = [f"{_quote(prefix + name)} IS NULL" for name in ("tax_id", "description") if _has(df, prefix + name)]
    if _has(df, prefix + "accession"):
        rest.append(f"({gene_id} IS NULL OR {_quote(prefix + 'accession')} IS NULL)")
    shown = [f"cast({_quote(prefix + name)} AS STRING)" for name in _IDENTIFIERS if _has(df, prefix + name)]
    return (
        df.where(" AND ".join([f"size({warnings}) > 0", *rest]))
        .selectExpr(
            f"coalesce({', '.join(shown)}, {warnings}[0].unrecognized_identifier) AS identifier",
            f"{warnings}[0].code AS code",
            f"coalesce({warnings}[0].message, {warnings}[0].reason) AS reason",
        )
        .distinct()
    )


def ambiguous(df: DataFrame, prefix: str = "", by: str | None = None) -> DataFrame:
    """The rows whose identifier hits more than one gene, such as a symbol that is a synonym of another gene too.

    :param df: of :func:`genes`, :func:`products` or :func:`lookup`, with ``gene_id``
    :param prefix: what was given to :func:`lookup`
    :param by: the column with the identifiers, such as the key of :func:`lookup`; of a read by default
        ``_requested``, else ``accession``
    """
    return _repeated(df, prefix, by, "gene_id")


def same_gene(df: DataFrame, prefix: str = "", by: str | None = None) -> DataFrame:
    """The rows whose gene is hit by more than one identifier, such as a symbol and its synonym.

    :param df: of :func:`genes`, :func:`products` or :func:`lookup`, with ``gene_id``
    :param prefix: what was given to :func:`lookup`
    :param by: the column with the identifiers, as for :func:`ambiguous`
    """
    return _repeated(df, prefix, by, "identifier")


def _repeated(df: DataFrame, prefix: str, by: str | None, what: str) -> DataFrame:
    """The rows of an identifier with several genes, or of a gene with several identifiers."""
    gene_id = _quote(prefix + "gene_id")
    _need(df, prefix, "gene_id")
    if by is None and has_requested(df):
        by = "_requested"
    elif by is None:
        _need(df, prefix, "accession")
        by = prefix + "accession"
    identifier = _quote(by)
    # A GeneID or a locus tag without a gene is shown in its own column.
    rest = [f"{_quote(prefix + name)} IS NOT NULL" for name in ("tax_id",) if _has(df, prefix + name)]
    counted, group = (gene_id, identifier) if what == "gene_id" else (identifier, gene_id)
    hits = df.where(" AND ".join([f"{gene_id} IS NOT NULL", f"{identifier} IS NOT NULL", *rest])).selectExpr(
        "*", f"size(collect_set({counted}) OVER (PARTITION BY {group})) AS __ncbi_gene_hits"
    )
    return hits.where("__ncbi_gene_hits > 1").drop("__ncbi_gene_hits")


# What is taken of each annotation, and where it is in it.
_PLACE = {
    "assembly_accession": "assembly_accession",
    "assembly_name": "assembly_name",
    "annotation_name": "annotation_name",
    "annotation_release_date": "annotation_release_date",
    "genomic_accession": "genomic_locations[0].genomic_accession_version",
    "sequence_name": "genomic_locations[0].sequence_name",
    "begin": "genomic_locations[0].genomic_range.begin",
    "end": "genomic_locations[0].genomic_range.end",
    "strand": "genomic_locations[0].genomic_range.orientation",
    "locations": "size(genomic_locations)",
}


def flat(df: DataFrame) -> DataFrame:
    """A table without nested columns, to write as CSV or to open in a spreadsheet: a row for each gene and assembly.

    Keeps columns of single values, joins lists of text by commas, and adds the annotation's columns, with the first
    location on the assembly and how many there are. Leaves out the other nested columns. An identifier without a gene
    stays a row, with its first warning in ``warning``.

    :param df: of :func:`genes`
    """
    _need(df, "", "annotations")
    kept = []
    for field in df.schema.fields:
        name, kind = _quote(field.name), field.dataType.simpleString()
        if kind == "array<string>":
            kept.append(f"array_join({name}, ',') AS {name}")
        elif not kind.startswith(("array", "struct", "map")):
            kept.append(name)
    if _has(df, "warnings"):
        kept.append("warnings[0].code AS warning")
    columns = []
    for name, place in _PLACE.items():
        if place.startswith("size("):
            columns.append(f"nullif(size(__ncbi_gene_a.{place[5:-1]}), -1) AS {_quote(name)}")
        else:
            columns.append(f"__ncbi_gene_a.{place} AS {_quote(name)}")
    exploded = df.selectExpr("*", "explode_outer(annotations) AS __ncbi_gene_a")
    return exploded.selectExpr(*kept, *columns)


def _need(df: DataFrame, prefix: str, *names: str) -> None:
    missing = [prefix + name for name in names if not _has(df, prefix + name)]
    if missing:
        raise NcbiGeneError(
            "NCBI_GENE_CONFLICTING_OPTIONS",
            f"The DataFrame has no column {' and no '.join(missing)}. Call this before you select columns.",
        )


def _has(df: DataFrame, name: str) -> bool:
    """True if a DataFrame has a column; Spark takes names in any letter case."""
    return name.lower() in (column.lower() for column in df.columns)


def _quote(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
