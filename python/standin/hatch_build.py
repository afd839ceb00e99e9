"""Puts the stand-in's jar into the wheel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[2]


def version() -> str:
    """The version of the pom, as Python spells it."""
    pom = (ROOT / "pom.xml").read_text(encoding="utf-8")
    found = re.search(r"<artifactId>spark-ncbi-gene-parent</artifactId>\s*<version>([^<]+)</version>", pom)
    if found is None:
        raise ValueError("pom.xml has no version.")
    return found.group(1).replace("-SNAPSHOT", ".dev0")


class CustomBuildHook(BuildHookInterface[Any]):
    """Adds a file from outside of this directory."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs a wheel."""
        jars = list((ROOT / "testkit/target").glob("ncbi-gene-testkit-[0-9]*-standalone.jar"))
        if len(jars) != 1:
            raise FileNotFoundError(f"There should be one testkit/target/*-standalone.jar, not {len(jars)}.")
        build_data["force_include"] = {str(jars[0]): "spark_ncbi_gene_standin/ncbi-gene-testkit.jar"}
