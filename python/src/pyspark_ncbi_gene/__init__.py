"""Lets Spark 4.0 or later find the data source ``ncbi-gene`` in pure Python by itself, where no jar has it.

Spark looks for modules named ``pyspark_…`` with a ``DefaultSource``. A data source of a jar overrides it.
"""

from __future__ import annotations

# Spark looks into all such modules for any name: one that cannot be imported would fail reads of other sources.
try:
    from spark_ncbi_gene._register import pure_source

    DefaultSource = pure_source()
except (ImportError, OSError):
    pass
