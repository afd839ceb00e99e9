"""Puts genes beside the rows of a DataFrame, on classic sessions and on Spark Connect."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ._door import functions, has_requested
from ._errors import NcbiGeneError
from ._identifiers import option_value
from ._interrupt import mark

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

# Which option lists the keys of a column of genes.
_LISTS = {
    "accession": "accessions",
    "transcript_accession": "accessions",
    "protein_accession": "accessions",
    "gene_id": "gene_ids",
    "locus_tag": "locus_tags",
    "symbol": "symbols",
}
# The rows of the product report that an accession of these columns gives, in the words of the option accession_rows.
_ROWS = {"transcript_accession": "transcript", "protein_accession": "protein"}
_SELECTING = ("accessions", "accessions_path", "gene_ids", "locus_tags", "symbols", "taxon")

# Names of columns that are there while the sides are joined.
_KEY = "__ncbi_gene_key"
_FOUND = "__ncbi_gene_found"
_TAXON = "__ncbi_gene_taxon"
_TAXON_FOUND = "__ncbi_gene_taxon_found"

_METADATA = ("_requested", "_query", "_request_id", "_retrieved_at")

# White space of every kind, as a class of Spark SQL's regular expressions.
_BLANK = r"[\s\p{Z}" + "\u000b\u001c-\u001f\u0085\u180e\u200b-\u200f\u2060\ufeff]"
# Types of numbers, as Spark calls them; from the limit on several whole numbers are the same FLOAT.
_WHOLE = ("tinyint", "smallint", "int", "bigint")
_FRACTIONS = ("float", "double")
_FLOAT_LIMIT = 1 << 24
_JOINS_PAGE = "https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/joins.md"


def lookup(
    df: DataFrame,
    key: str,
    on: str = "accession",
    how: str = "left",
    report: str | None = None,
    prefix: str | None = None,
    taxon_column: str | None = None,
    exact: bool = False,
    **options: Any,
) -> DataFrame:
    """Puts NCBI's records beside a DataFrame, by a column that holds accessions, GeneIDs, locus tags or symbols.

    Collects the column's distinct values at once, and fetches only these, each once, when the result is used. So the
    data is read twice: cache it where reading is dear, or may give other rows::

        lookup(variants, "transcript").select("hgvs", "symbol")
        lookup(counts, "gene", on="symbol", taxon="human")
        lookup(counts, "gene", on="symbol", taxon_column="species")
        lookup(variants, "transcript", on="transcript_accession").select("hgvs", "protein_accession")

    A row gets the genes that NCBI finds by its key: also those of which the key is a synonym, or that have replaced a
    GeneID.

    :param df: the data; no stream
    :param key: the column of the data
    :param on: what the column holds: ``accession``, ``gene_id``, ``locus_tag``, or ``symbol`` of a taxon; or
        ``transcript_accession`` or ``protein_accession``, for the product report's row of that transcript or protein
    :param how: ``left`` keeps all rows of the data, ``inner`` those that have a record
    :param report: ``gene`` or ``product``; by default ``product`` by transcript or protein, else ``gene``
    :param prefix: what the names of the records' columns begin with in the result
    :param taxon_column: the column with the taxon of each symbol, an id or a name; each taxon has requests of its own
    :param exact: leaves out genes of which the key is a synonym only, and those that have replaced a GeneID
    :param options: options of the data source that do not say which genes, see docs/options.md
    """
    rows = {"accession_rows": _ROWS[on]} if on in _ROWS else {}
    every = {"report": report or ("product" if rows else "gene"), **options}
    texts = {name: option_value(name, value) for name, value in every.items()}
    given = {name: text for name, text in texts.items() if text is not None}
    _check(df, key, on, how, given)
    _check_taxon(df, on, given, taxon_column)
    mark(df.sparkSession)
    mode = _mode(df, given)
    kind = df.select(df[key]).schema.fields[0].dataType.simpleString()
    _check_type(key, kind, on)
    keyed = df.withColumn(_KEY, df[key]).withColumn(_KEY, functions(df).expr(_comparable(kind, on)))
    if taxon_column is not None:
        of_taxon = df.select(df[taxon_column]).schema.fields[0].dataType.simpleString()
        keyed = keyed.withColumn(_TAXON, df[taxon_column]).withColumn(_TAXON, functions(df).expr(_taxon(of_taxon)))
    keys = _keys(keyed, key, kind, on, taxon_column is not None)
    genes = _genes(df, key, on, {**given, **rows}, mode, prefix or "", keys, exact)
    equal = keyed[_KEY] == genes[_FOUND]
    if taxon_column is not None:
        equal = equal & (keyed[_TAXON] == genes[_TAXON_FOUND])
    has_row = on == "accession" or (on in _ROWS and not exact)
    if has_row and mode.upper() != "DROPMALFORMED" and not _given(given, "page_token"):
        joined = keyed.join(genes, equal, "left_outer").filter(_checked(df, how == "inner"))
    else:
        joined = keyed.join(genes, equal, "inner" if how == "inner" else "left_outer")
    return joined.drop(_KEY, _FOUND, _TAXON, _TAXON_FOUND)


def _check(df: DataFrame, key: str, on: str, how: str, options: dict[str, str]) -> None:
    if on not in _LISTS:
        raise _refused(
            f"Genes cannot be looked up by '{on}'. Look them up by accession, gene_id, locus_tag or symbol, or in the"
            " product report by transcript_accession or protein_accession."
        )
    if _given(options, "accession_rows"):
        raise _refused(
            'The option accession_rows is for lists. Drop it, and give on="transcript_accession" or'
            ' on="protein_accession" for rows of transcripts or proteins.'
        )
    if how not in ("left", "inner"):
        raise _refused(f"how is '{how}'. Give 'left' or 'inner'.")
    if df.isStreaming:
        raise _refused("The keys of a stream are not all known. Look genes up in foreachBatch.")
    for selecting in _SELECTING:
        if _given(options, selecting) and not (selecting == "taxon" and on == "symbol"):
            raise _refused(f"The column '{key}' says which genes are looked up. Drop the option {selecting}.")


def _check_taxon(df: DataFrame, on: str, options: dict[str, str], taxon_column: str | None) -> None:
    if on != "symbol":
        if taxon_column is not None:
            raise _refused(f"Only symbols are looked up by taxon, not {on}. Drop taxon_column={taxon_column!r}.")
        return
    named = _setting(df, options, "taxon")
    if named and taxon_column is not None:
        raise _refused(
            f"Both the option taxon and the column '{taxon_column}' name the taxa of symbols. Give one of them."
        )
    if not named and taxon_column is None:
        raise _refused(
            'A symbol names a gene only within a taxon. Give taxon="human", or taxon_column="tax_id" with a column of'
            " the data."
        )


def _given(options: dict[str, str], wanted: str) -> str | None:
    """The value of an option, however its name is spelled."""
    plain = re.sub("[-_.]", "", wanted)
    return next((value for name, value in options.items() if re.sub("[-_.]", "", name).lower() == plain), None)


def _setting(df: DataFrame, options: dict[str, str], name: str, default: str = "") -> str:
    """The value of an option of the look-up or else of the session."""
    return _given(options, name) or str(df.sparkSession.conf.get(f"spark.datasource.ncbi-gene.{name}", default))


def _mode(df: DataFrame, options: dict[str, str]) -> str:
    return _setting(df, options, "mode", "PERMISSIVE")


def _check_type(key: str, kind: str, on: str) -> None:
    """Refuses a column whose type cannot hold what genes are looked up by."""
    number = kind in _WHOLE or kind in _FRACTIONS or kind.startswith("decimal")
    by_id = on == "gene_id"
    if kind.startswith("string") or kind == "void" or (number and by_id):
        return
    if by_id:
        remedy = "GeneIDs are whole numbers or text. Give a column of these, or cast it."
    elif number:
        remedy = f'the column {on} is text. For GeneIDs give on="gene_id"; else cast the column to STRING.'
    else:
        remedy = f"the column {on} is text. Give a column of text, or cast it."
    raise _refused(f"The key column '{key}' is of type {kind.upper()}, but {remedy}")


def _comparable(kind: str, on: str) -> str:
    """The key as it is compared, in SQL: text without white space around it, or a whole number, or null."""
    # A collation does not count; Spark 3.5 knows none.
    plain = f"{_KEY} COLLATE UTF8_BINARY" if "collate" in kind else _KEY
    text = f"nullif(regexp_replace(cast({plain} AS STRING), r'\\A{_BLANK}+|{_BLANK}+\\z', ''), '')"
    if on != "gene_id":
        return text
    if not kind.startswith(("string", "decimal")) and kind not in _FRACTIONS:
        return f"cast({_KEY} AS BIGINT)"
    # A text may have a fraction of zeros, as a number has that was a DOUBLE before it was text.
    number = f"try_cast({text} AS DECIMAL(38, 9))" if kind.startswith("string") else _KEY
    return f"CASE WHEN {number} = floor({number}) THEN try_cast({number} AS BIGINT) END"


def _taxon(kind: str) -> str:
    """The taxon as text, in SQL: a number that was a DOUBLE has a fraction of zeros."""
    if kind.startswith("string"):
        return _comparable(kind, "accession").replace(_KEY, _TAXON)
    return f"cast({_comparable(kind, 'gene_id').replace(_KEY, _TAXON)} AS STRING)"


def _keys(keyed: DataFrame, key: str, kind: str, on: str, by_taxon: bool) -> dict[str, list[str]]:
    """What can be requested of what the data holds, by taxon where each row has its own; else under an empty name."""
    if by_taxon:
        keys: dict[str, list[str]] = {}
        for value, taxon in keyed.select(_KEY, _TAXON).distinct().collect():
            if value is not None and taxon is not None:
                keys.setdefault(taxon, []).append(value)
        return keys
    values = _only(keyed, key, kind, on)
    return {"": values} if values else {}


def _only(keyed: DataFrame, key: str, kind: str, on: str) -> list[str]:
    values = _values(keyed.select(_KEY).distinct())
    if on != "gene_id":
        return [value for value in values if value is not None]
    largest = max((value for value in values if value is not None), default=0)
    if kind == "float" and largest >= _FLOAT_LIMIT:
        raise NcbiGeneError(
            "NCBI_GENE_INVALID_IDENTIFIER",
            f"The key column '{key}' is of type FLOAT, which holds whole numbers exactly only below {_FLOAT_LIMIT},"
            f" and holds {largest}. Read it as BIGINT or DOUBLE from its source.",
        )
    return [str(value) for value in values if value is not None and 0 < value < 2**31]


def _values(column: DataFrame) -> list[Any]:
    """The values of a single column; by Arrow, where it is there, four times as fast."""
    try:
        values: list[Any] = column.toArrow().column(0).to_pylist()
    except (AttributeError, ImportError):
        values = [row[0] for row in column.collect()]
    return values


def _genes(
    df: DataFrame,
    key: str,
    on: str,
    options: dict[str, str],
    mode: str,
    prefix: str,
    keys: dict[str, list[str]],
    exact: bool,
) -> DataFrame:
    every: dict[str, Any] = {**options, "mode": mode}
    table = bool(_given(options, "table_fields") or _given(options, "table_format"))
    reads = _reads(df, on, every, keys)
    if not table and not has_requested(reads[0][1]):
        # The data source in pure Python has metadata columns by an option only.
        reads = _reads(df, on, {**every, "metadata": "true"}, keys)
    found = [_named(df, key, on, prefix, read, taxon, not table, exact) for taxon, read in reads]
    united = found[0]
    for another in found[1:]:
        united = united.union(another)
    return united


def _reads(df: DataFrame, on: str, options: dict[str, Any], keys: dict[str, list[str]]) -> list[tuple[str, DataFrame]]:
    """A read for each taxon, which needs no name where all have one."""
    reads = []
    for taxon, listed in sorted(keys.items()):
        reader = df.sparkSession.read.format("ncbi-gene").options(**options)
        reader = reader.option(_LISTS[on], json.dumps(listed, ensure_ascii=False))
        reads.append((taxon, (reader.option("taxon", taxon) if taxon else reader).load()))
    if not reads:
        none = df.sparkSession.read.format("ncbi-gene").options(**options).load()
        reads.append(("", none.filter(functions(df).lit(False))))
    return reads


def _named(
    df: DataFrame, key: str, on: str, prefix: str, read: DataFrame, taxon: str, requested: bool, exact: bool
) -> DataFrame:
    """The columns of genes by their names in the result, and what they were found by."""
    f = functions(df)
    if on not in read.columns and (exact or not requested or on in _ROWS):
        raise _refused(
            f"What is read of genes has no column {on}. Look them up by another one, or change report or table_fields."
        )
    found = f.col("_requested") if requested else read[on]
    if requested and on == "gene_id":
        found = found.cast("bigint")
    taken = {name.lower() for name in df.columns}
    columns = [found.alias(_FOUND), f.lit(taxon).alias(_TAXON_FOUND)]
    for name in read.columns:
        if name in _METADATA:
            continue
        named = prefix + name
        if name == on and named.lower() == key.lower():
            continue
        if named.lower() in taken:
            raise _refused(
                f"Both the data and the genes have a column {named}. Rename the data's, or give the genes'"
                ' prefix="ncbi_".'
            )
        columns.append(read[name].alias(named))
    matches = read.filter(read[on] == found) if exact and requested else read
    return matches.select(*columns)


def _checked(df: DataFrame, matches_only: bool) -> Column:
    """Fails on an accession that was not there when the keys were collected: it would lose its gene without a word."""
    f = functions(df)
    key, found = f.col(_KEY), f.col(_FOUND).isNotNull()
    text = (
        "[NCBI_GENE_DATA_CHANGED] The data of a look-up gave other rows when it was read again; not among its keys"
        " before was '"
    )
    error = f.raise_error(f.concat(f.lit(text), key, f.lit(f"'. Cache the data first, see {_JOINS_PAGE}.")))
    kept = found if matches_only else f.lit(True)
    column: Column = f.when(found | key.isNull(), kept).otherwise(error.cast("boolean"))
    return column


def _refused(message: str) -> NcbiGeneError:
    return NcbiGeneError("NCBI_GENE_CONFLICTING_OPTIONS", message)
