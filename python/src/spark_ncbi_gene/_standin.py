"""A stand-in for NCBI's gene service, for tests of pipelines and to try things without a network."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from ._door import is_connect
from ._errors import NcbiGeneError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_PREFIXES = ("spark.datasource.ncbi-gene", "spark.sql.catalog.ncbi")


class StandIn:
    """A running stand-in; ``stop()``, the end of a ``with`` block or of the program stops it."""

    def __init__(self, base_url: str, stop: Callable[[], None] = lambda: None) -> None:
        self.base_url = base_url
        self._admin = base_url.replace("/datasets/v2", "/testkit/")
        self._stop = stop

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

    def stop(self) -> None:
        """Stops it, and gives the session the settings that it had before."""
        self._stop()

    def __enter__(self) -> StandIn:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _post(self, name: str, body: bytes) -> None:
        with urllib.request.urlopen(urllib.request.Request(self._admin + name, body, method="POST")):
            pass


def standin(
    spark: SparkSession | None = None,
    genes: int | Iterable[Mapping[str, Any]] = 1000,
    latency_ms: int = 0,
    rate_limit: str | int = 0,
) -> StandIn:
    """Starts a stand-in for NCBI's gene service on this machine.

    It knows some well-known genes, such as those of NM_021803.4 and NM_000546.6, and the genes you name::

        with standin(spark, genes=1000) as service:
            pipeline(spark)
            assert len(service.requests) == 1

    Without ``with``, such as in a notebook, it runs until ``stop()`` is called or the program ends.

    :param spark: a session whose reads go to it; the server of a Spark Connect session must be on this machine.
        Without one, give ``service.base_url`` as the option ``base_url``
    :param genes: how many made-up genes it knows besides, or gene reports as NCBI sends them
    :param latency_ms: how long it holds each response back
    :param rate_limit: requests that it allows in a second; ``"ncbi"`` for NCBI's own limits, 0 for no limit
    :raises NcbiGeneError: where the stand-in is not installed, or Java does not run it
    """
    command = [*java_command(), "--port", "0", "--latency", str(latency_ms), "--rate-limit", str(rate_limit)]
    with ExitStack() as until_it_runs:
        if isinstance(genes, int):
            command += ["--synthetic", str(genes), "--compact"]
        else:
            directory = until_it_runs.enter_context(tempfile.TemporaryDirectory())
            page = {"reports": [{"gene": dict(report)} for report in genes]}
            Path(directory, "genes.json").write_text(json.dumps(page), encoding="utf-8")
            command += ["--reports", directory]
        process = _start(command)
        until_it_runs.callback(_end, process)
        base_url = _base_url(process)
        until_it_runs.callback(_restore, spark, _aim(spark, base_url))
        running = until_it_runs.pop_all()

    def stop() -> None:
        atexit.unregister(stop)
        running.close()

    atexit.register(stop)
    return StandIn(base_url, stop)


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
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Ctrl-C in the terminal, or an interrupted cell, is not for the stand-in.
            start_new_session=True,
        )
    except OSError as error:
        raise no_java(error) from None


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate()


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
    return before


def _restore(spark: Any, before: dict[str, str | None]) -> None:
    if before and (is_connect(spark) or spark.sparkContext._jsc is not None):
        for key, value in before.items():
            if value is None:
                spark.conf.unset(key)
            else:
                spark.conf.set(key, value)
