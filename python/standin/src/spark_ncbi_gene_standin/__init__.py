"""Holds the jar of the stand-in for NCBI's gene service; ``spark_ncbi_gene.standin()`` starts it."""

from pathlib import Path

__all__ = ["jar"]


def jar() -> Path:
    """The path of the jar, which ``java -jar`` runs."""
    return Path(__file__).with_name("ncbi-gene-testkit.jar")
