"""A stand-in for NCBI's gene service, for tests of pipelines and to try things without a network."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import urllib.request
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._door import is_connect
from ._errors import NcbiGeneError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_CATALOG = "ncbi"
_PREFIXES = ("spark.datasource.ncbi-gene", f"spark.sql.catalog.{_CATALOG}")


class StandIn:
    """A running stand-in."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._admin = base_url.replace("/datasets/v2", "/testkit/")

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The requests that it got, in order."""
        with urllib.request.urlopen(self._admin + "requests") as response:
            found: list[dict[str, Any]] = json.load(response)["requests"]
        return found

    def faults(self, *rules: Mapping[str, Any]) -> None:
        """Makes requests go wrong, such as ``{"fault": "status", "status": 503, "next": 2}``."""
        self._post("faults", json.dumps(rules).encode())

    def reset(self) -> None:
        """Forgets requests and faults."""
        self._post("reset", b"")

    def _post(self, name: str, body: bytes) -> None:
        with urllib.request.urlopen(urllib.request.Request(self._admin + name, body, method="POST")):
            pass


@contextmanager
def standin(
    spark: SparkSession | None = None,
    genes: int | Iterable[Mapping[str, Any]] = 1000,
    latency_ms: int = 0,
    rate_limit: str | int = 0,
) -> Iterator[StandIn]:
    """Starts a stand-in for NCBI's gene service on this machine, until the block ends.

    It knows some well-known genes, such as those of NM_021803.4 and NM_000546.6, and the genes you name::

        with standin(spark, genes=1000) as service:
            pipeline(spark)
            assert len(service.requests) == 1

    :param spark: a session whose reads go to it inside the block; the server of a Spark Connect session must be on this
        machine. Without one, give ``service.base_url`` as the option ``base_url``
    :param genes: how many made-up genes it knows besides, or gene reports as NCBI sends them
    :param latency_ms: how long it holds each response back
    :param rate_limit: requests that it allows in a second; ``"ncbi"`` for NCBI's own limits, 0 for no limit
    :raises NcbiGeneError: where the stand-in is not installed, or Java does not run it
    """
    with tempfile.TemporaryDirectory() as directory:
        command = [
            *java_command(),
            "--port",
            "0",
            "--latency",
            str(latency_ms),
            "--rate-limit",
            str(rate_limit),
        ]
        if isinstance(genes, int):
            command += ["--synthetic", str(genes), "--compact"]
        else:
            page = {"reports": [{"gene": dict(report)} for report in genes]}
            Path(directory, "genes.json").write_text(json.dumps(page), encoding="utf-8")
            command += ["--reports", directory]
        process = _start(command)
        try:
            service = StandIn(_base_url(process))
            before = _aim(spark, service.base_url)
            try:
                yield service
            finally:
                _restore(spark, before)
        finally:
            process.terminate()
            process.communicate()


def java_command() -> list[str]:
    """The command that runs the stand-in's program, without its arguments."""
    try:
        from spark_ncbi_gene_standin import jar
    except ImportError:
        raise NcbiGeneError(
            "NCBI_GENE_NO_STANDIN", 'The stand-in is not installed. Run pip install "spark-ncbi-gene[standin]".'
        ) from None
    home = os.environ.get("JAVA_HOME")
    return [str(Path(home, "bin", "java")) if home else "java", "-jar", str(jar())]


def no_java(error: OSError) -> NcbiGeneError:
    """The error that says that Java does not run."""
    return NcbiGeneError(
        "NCBI_GENE_NO_STANDIN", f"Java does not run: {error}. Install Java 17, or set JAVA_HOME to it."
    )


def _start(command: list[str]) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    except OSError as error:
        raise no_java(error) from None


def _base_url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    _, listening, url = line.partition("Listening on ")
    if not listening:
        _, errors = process.communicate()
        raise NcbiGeneError("NCBI_GENE_NO_STANDIN", f"The stand-in did not start: {(line + errors).strip()[:500]}")
    return url.strip()


def _aim(spark: SparkSession | None, base_url: str) -> dict[str, str | None]:
    if spark is None:
        return {}
    before = {}
    for prefix in _PREFIXES:
        key = f"{prefix}.base_url"
        before[key] = spark.conf.get(key, None)
        spark.conf.set(key, base_url)
    _unload_catalog(spark)
    if any(row.catalog == _CATALOG for row in spark.sql("SHOW CATALOGS").collect()):
        warnings.warn(
            f"The session has used the catalog '{_CATALOG}' already, which keeps the base_url it began with: its tables"
            " are not read from the stand-in. Use genes, products or lookup, or a new session.",
            stacklevel=4,
        )
    return before


def _unload_catalog(spark: SparkSession) -> None:
    """Lets a classic session load the catalog anew, with the settings of now; Spark has no public way."""
    if not is_connect(spark):
        with suppress(Exception):
            session: Any = spark._jsparkSession
            manager = session.sessionState().catalogManager()
            loaded = manager.getClass().getDeclaredField("catalogs")
            loaded.setAccessible(True)
            loaded.get(manager).remove(_CATALOG)


def _restore(spark: Any, before: dict[str, str | None]) -> None:
    if before and (is_connect(spark) or spark.sparkContext._jsc is not None):
        for key, value in before.items():
            if value is None:
                spark.conf.unset(key)
            else:
                spark.conf.set(key, value)
        _unload_catalog(spark)
