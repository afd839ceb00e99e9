"""What Databricks gives a notebook, as far as those in databricks/ need it: `spark` with Delta, `dbutils` and `display`.

Widgets have the values that `widgets` gives them, and every secret is the same made-up key. Requests go to a stand-in for
NCBI's service, unless NCBI_GENE_LIVE=1 is in the environment.
"""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

from pyspark.sql import SparkSession
from spark_ncbi_gene import standin

_HERE = Path(__file__).resolve().parent
_DELTA = [jar for jar in (_HERE.parent / "examples/target/class-path").read_text().split(":") if "/io/delta/" in jar]
_WAREHOUSE = _HERE / "target/warehouse"
_LIVE = os.environ.get("NCBI_GENE_LIVE", "") not in ("", "0")

shutil.rmtree(_WAREHOUSE, ignore_errors=True)
if not _LIVE:
    # For the data source of the jar and the one in pure Python.
    os.environ["NCBI_GATEWAY_URL"] = standin().base_url

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.jars", ",".join(_DELTA))
    .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
    .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
    .config("spark.sql.warehouse.dir", str(_WAREHOUSE))
    .config("spark.sql.shuffle.partitions", 2)
    .config("spark.databricks.delta.snapshotPartitions", 2)
    .getOrCreate()
)


class _Widgets:
    """Here they have no face: values set beforehand override defaults."""

    def __init__(self, values):
        self.values = values

    def text(self, name, default, label):
        self.values.setdefault(name, default)

    def get(self, name):
        return self.values[name]


widgets = {"table": "default.genes", "secret_scope": "" if _LIVE else "ncbi"}
dbutils = SimpleNamespace(widgets=_Widgets(widgets), secrets=SimpleNamespace(get=lambda scope, key: "made-up-key"))


def display(frame):
    frame.show(1000, truncate=False)


def written():
    """The rows of the Delta table that the notebook wrote."""
    form = spark.sql(f"DESCRIBE DETAIL {widgets['table']}").first().format
    assert form == "delta", f"{widgets['table']} is a table of {form}."
    return spark.table(widgets["table"]).count()
