"""The data source ``ncbi-gene`` in pure Python, for Sparks that take no jar.

Spark's workers get the modules of this package by value, so they import nothing else of ``spark_ncbi_gene``.
"""
