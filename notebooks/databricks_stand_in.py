"""What Databricks gives a notebook, as far as those in databricks/ need it: `spark` with Delta, `dbutils` and `display`.

Widgets have the values that `widgets` gives them, and every secret is the same made-up key.
"""

import shutil
from types import SimpleNamespace

from ncbi_gene_notebook import LIVE, ROOT, TARGET, session

_DELTA = [jar for jar in (ROOT / "examples/target/class-path").read_text().split(":") if "/io/delta/" in jar]

_WAREHOUSE = TARGET / "warehouse"
shutil.rmtree(_WAREHOUSE, ignore_errors=True)

spark = session(
    "databricks",
    jars=_DELTA,
    **{
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.warehouse.dir": str(_WAREHOUSE),
        "spark.databricks.delta.snapshotPartitions": 2,
    },
)


class _Widgets:
    """Here they have no face: values set beforehand go before defaults."""

    def __init__(self, values):
        self.values = values

    def text(self, name, default, label):
        self.values.setdefault(name, default)

    def get(self, name):
        return self.values[name]


widgets = {"table": "default.genes", "secret_scope": "" if LIVE else "ncbi"}
dbutils = SimpleNamespace(widgets=_Widgets(widgets), secrets=SimpleNamespace(get=lambda scope, key: "made-up-key"))


def display(frame):
    frame.show(1000, truncate=False)


def written():
    """The rows of the Delta table that the notebook wrote."""
    form = spark.sql(f"DESCRIBE DETAIL {widgets['table']}").first().format
    assert form == "delta", f"{widgets['table']} is a table of {form}."
    return spark.table(widgets["table"]).count()
