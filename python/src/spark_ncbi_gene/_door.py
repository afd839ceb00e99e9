"""The two kinds of session, classic and Spark Connect, and what this package does differently with each."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._errors import NcbiGeneError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

JAR = Path(__file__).with_name("spark-ncbi-gene.jar")
CATALOG = "io.github.sparkncbigene.source.NcbiGeneCatalog"


def is_connect(session: Any) -> bool:
    """True for a session or a DataFrame of Spark Connect."""
    return any(kind.__module__.startswith("pyspark.sql.connect") for kind in type(session).__mro__)


def functions(frame: DataFrame) -> Any:
    """The module of functions whose columns fit a DataFrame."""
    return import_module("pyspark.sql.connect.functions" if is_connect(frame) else "pyspark.sql.functions")


def has_requested(frame: DataFrame) -> bool:
    """True if a query of the DataFrame can name the metadata column ``_requested``.

    A name that Spark cannot resolve is an error, which PySpark logs. Here it never fails to resolve: where there is no
    such column, the name is the alias before it, which is no text.
    """
    from pyspark.errors import AnalysisException

    try:
        both = frame.selectExpr("true AS _requested", "_requested AS __ncbi_gene_requested").schema
    except AnalysisException:
        # There is none, and the session lets no expression name an alias before it; or there are two.
        return False
    return both["__ncbi_gene_requested"].dataType.simpleString() == "string"


def has_source(spark: SparkSession) -> bool:
    """True if the session finds the jar's data source; sends no request.

    The data source in pure Python does not count: it alone takes the option metadata.
    """
    reader = spark.read.format("ncbi-gene").option("accessions", "NM_021803.4").option("metadata", "true")
    try:
        columns = reader.load().columns
    except Exception as error:
        return "[NCBI_GENE_" in str(error)
    return "_query" not in columns


def add_jar(spark: SparkSession) -> None:
    """Adds the jar to a session that runs; what the user has added stays."""
    if not JAR.exists():
        raise NcbiGeneError(
            "NCBI_GENE_NO_JAR", f"{JAR} is missing. Install the wheel of spark-ncbi-gene, not a copy of its sources."
        )
    if is_connect(spark):
        spark.addArtifacts(str(JAR))
    else:
        _add_to_driver(spark)


def _add_to_driver(spark: SparkSession) -> None:
    """Adds the jar to the loader that all threads of the driver share, and hands it to the executors.

    ``ADD JAR`` is for drivers whose loader takes no more jars. It serves this thread's session only.
    """
    jvm: Any = spark._jvm
    loader = jvm.java.lang.Thread.currentThread().getContextClassLoader()
    while loader is not None and not loader.getClass().getName().endswith("MutableURLClassLoader"):
        loader = loader.getParent()
    if loader is None:
        spark.sql(f"ADD JAR '{JAR}'")
        return
    loader.addURL(jvm.java.io.File(str(JAR)).toURI().toURL())
    jsc: Any = spark.sparkContext._jsc
    jsc.addJar(JAR.as_uri())


def enable_joins(spark: SparkSession) -> None:
    """Switches joins without a list on; a client of Spark Connect cannot, see ``lookup``."""
    if not is_connect(spark):
        jvm: Any = spark._jvm
        jvm.io.github.sparkncbigene.join.NcbiGeneExtensions.enable(spark._jsparkSession)
