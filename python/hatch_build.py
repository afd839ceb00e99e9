"""Puts into the wheel what the rest of the project builds or keeps: the jar and the registry of table fields."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]


def version() -> str:
    """The version of the pom, as Python spells it."""
    pom = (ROOT / "pom.xml").read_text(encoding="utf-8")
    found = re.search(r"<artifactId>spark-ncbi-gene-parent</artifactId>\s*<version>([^<]+)</version>", pom)
    if found is None:
        raise ValueError("pom.xml has no version.")
    return found.group(1).replace("-SNAPSHOT", ".dev0")


class CustomBuildHook(BuildHookInterface[Any]):
    """Adds files from outside of this directory."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs a wheel."""
        jars = [
            path
            for path in (ROOT / "connector/target").glob("spark-ncbi-gene-[0-9]*.jar")
            if not re.search("-(sources|javadoc)$", path.stem)
        ]
        if len(jars) != 1:
            raise FileNotFoundError(f"There should be one connector/target/spark-ncbi-gene-*.jar, not {len(jars)}.")
        reports = ROOT / "connector/src/main/resources/io/github/sparkncbigene/report"
        build_data["force_include"] = {
            str(jars[0]): "spark_ncbi_gene/spark-ncbi-gene.jar",
            str(reports / "gene-fields.tsv"): "spark_ncbi_gene/gene-fields.tsv",
            str(reports / "product-fields.tsv"): "spark_ncbi_gene/product-fields.tsv",
        }
