"""Gives a Spark session the data source, its catalog and its joins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from . import _interrupt, _notebook
from ._door import CATALOG, add_jar, enable_joins, has_source, is_connect
from ._errors import NcbiGeneError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Builder = TypeVar("Builder")


def enable(
    spark: SparkSession, catalog: str | None = "ncbi", joins: bool = True, notebook: bool = False
) -> SparkSession:
    """Makes ``ncbi-gene`` known to a session that runs, classic or Spark Connect.

    Adds the jar of this package where the session has none. Jars, packages, extensions and catalogs of yours stay.
    Ctrl-C then cancels the jobs that this thread started.

    :param catalog: name of the SQL catalog with the tables ``gene`` and ``product``; None for none
    :param joins: let joins without a list fetch only the keys they need; on Spark Connect that is a setting of the
        server, and :func:`lookup` works without it
    :param notebook: short errors, a progress bar, and jobs that end with an interrupted cell; see also
        ``%load_ext spark_ncbi_gene``
    :return: the session
    """
    if not has_source(spark):
        _add(spark)
    if catalog is not None:
        _set_catalog(spark, catalog)
    if joins:
        enable_joins(spark)
    _interrupt.watch(spark)
    if notebook:
        _notebook.install()
    return spark


def configure(builder: Builder, catalog: str | None = "ncbi", joins: bool = True, notebook: bool = False) -> Builder:
    """Makes the session that a builder will start one that knows ``ncbi-gene``.

    Changes no setting of the builder. What it starts is given to :func:`enable`, so jars, packages and extensions
    stay, whether they come from the builder, ``spark-defaults.conf`` or ``PYSPARK_SUBMIT_ARGS``::

        spark = configure(SparkSession.builder.appName("variants")).getOrCreate()

    :return: the same builder
    """
    starting: Any = builder
    for name in ("getOrCreate", "create"):
        start = getattr(starting, name, None)
        if start is not None:
            setattr(starting, name, _enabling(start, catalog, joins, notebook))
    return builder


def _enabling(start: Any, catalog: str | None, joins: bool, notebook: bool) -> Any:
    def started() -> SparkSession:
        return enable(start(), catalog=catalog, joins=joins, notebook=notebook)

    return started


def _add(spark: SparkSession) -> None:
    try:
        add_jar(spark)
    except NcbiGeneError:
        raise
    except Exception as error:
        raise _not_added(spark, str(error).split("\n")[0]) from error
    if not has_source(spark):
        raise _not_added(spark, "the session still does not find the data source")


def _not_added(spark: SparkSession, why: str) -> NcbiGeneError:
    where = "its server" if is_connect(spark) else "the session"
    return NcbiGeneError(
        "NCBI_GENE_NO_JAR",
        f"The jar cannot be added to {where}: {why}. Start Spark with --jars and the file that"
        " spark_ncbi_gene.jar() names, or use spark_ncbi_gene.register(spark), which needs no jar.",
    )


def _set_catalog(spark: SparkSession, name: str) -> None:
    key = f"spark.sql.catalog.{name}"
    before = spark.conf.get(key, None)
    if before == CATALOG:
        return
    if before is not None:
        raise NcbiGeneError(
            "NCBI_GENE_CONFLICTING_OPTIONS",
            f"The session has another catalog '{name}': {before}. Give this one another name, such as"
            " enable(spark, catalog='genes').",
        )
    spark.conf.set(key, CATALOG)
