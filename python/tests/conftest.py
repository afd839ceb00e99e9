"""A stand-in for NCBI's service, and one session of each kind: classic, and a client of Spark Connect."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pyspark
import pytest

SPARK_HOME = Path(pyspark.__file__).parent
VERSION = tuple(int(part) for part in pyspark.__version__.split(".")[:2])
TIMEOUT = 180

os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable)
for name in [name for name in os.environ if name.startswith(("NCBI_", "SPARK_CONF"))]:
    del os.environ[name]


class Service:
    """The stand-in, and the requests that it got."""

    def __init__(self, base_url):
        self.base_url = base_url
        self.admin = base_url.replace("/datasets/v2", "/testkit/")

    def reset(self):
        urllib.request.urlopen(urllib.request.Request(self.admin + "reset", method="POST")).read()

    def faults(self, *rules):
        body = json.dumps(rules).encode()
        urllib.request.urlopen(urllib.request.Request(self.admin + "faults", data=body, method="POST")).read()

    def requests(self):
        with urllib.request.urlopen(self.admin + "requests") as answer:
            return json.load(answer)["requests"]

    def identifiers(self):
        """The identifiers of all requests, in order."""
        found = []
        for request in self.requests():
            if request["body"]:
                body = json.loads(request["body"])
                for name in ("accessions", "gene_ids", "locus_tags"):
                    found += map(str, body.get(name, []))
                found += body.get("symbols_for_taxon", {}).get("symbols", [])
            else:
                path = r"/gene/(?:accession|id|locus_tag|symbol)/([^/]+)"
                found += re.search(path, request["path"]).group(1).split(",")
        return sorted(found)


class Process:
    """A program, whose output is awaited line by line."""

    def __init__(self, *command, **env):
        self.lines = []
        self.process = subprocess.Popen(
            [str(part) for part in command],
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
        )

    def await_line(self, pattern):
        """The first match in what the program prints from here on; fails when the program ends before."""
        watch = subprocess.Popen(["sh", "-c", f"sleep {TIMEOUT}; kill -9 {self.process.pid}"], start_new_session=True)
        try:
            for line in self.process.stdout:
                self.lines.append(line)
                match = re.search(pattern, line)
                if match:
                    return match
        finally:
            os.killpg(watch.pid, signal.SIGKILL)
            watch.wait()
        raise AssertionError(f"{self.process.args} did not print {pattern}:\n" + "".join(self.lines[-60:]))

    def rest(self):
        """Waits for the end; everything that was printed."""
        self.lines += self.process.stdout.readlines()
        self.process.wait(TIMEOUT)
        return "".join(self.lines)

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.stdout.close()
        self.process.wait()


def java():
    home = os.environ.get("JAVA_HOME")
    return str(Path(home, "bin", "java")) if home else "java"


@pytest.fixture(scope="session")
def stand_in():
    import spark_ncbi_gene_standin

    process = Process(
        java(), "-jar", spark_ncbi_gene_standin.jar(), "--port", "0", "--synthetic", "1000000", "--compact"
    )
    yield Service(process.await_line(r"Listening on (\S+)").group(1))
    process.close()


@pytest.fixture
def service(stand_in):
    stand_in.reset()
    return stand_in


@pytest.fixture(scope="session")
def classic(stand_in, tmp_path_factory):
    """A classic session that runs already when the package comes to it."""
    from pyspark.sql import SparkSession

    from spark_ncbi_gene import enable

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        # Executors tell what they have counted with each heartbeat, every 10 s unless this is set.
        .config("spark.executor.heartbeatInterval", "500ms")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    yield aimed(enable(session), stand_in)
    session.stop()


@pytest.fixture(scope="session")
def connect_server(stand_in):
    """A server of Spark Connect that has no jar of ours."""
    if VERSION < (4, 0):
        pytest.skip("PySpark 3.5 has no server of Spark Connect inside")
    process = Process(
        SPARK_HOME / "bin/spark-submit",
        *("--master", "local[2]", "--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=2"),
        # Told every 2 s unless this is set.
        *("--conf", "spark.connect.progress.reportInterval=100ms"),
        *("--conf", "spark.connect.grpc.binding.address=127.0.0.1", "--conf", "spark.connect.grpc.binding.port=0"),
        *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"),
        SPARK_HOME=str(SPARK_HOME),
        # The data source in pure Python sees no settings of a session.
        NCBI_GATEWAY_URL=stand_in.base_url,
    )
    port = process.await_line(r"Spark Connect server started at: \S*?:(\d+)").group(1)
    # What else it prints is read, so that it never waits for a reader.
    drain = subprocess.Popen(["cat"], stdin=process.process.stdout, stdout=subprocess.DEVNULL)
    yield f"sc://127.0.0.1:{port}"
    process.close()
    drain.wait()


@pytest.fixture(scope="session")
def connect(stand_in, connect_server):
    """A session of a Spark Connect client that adds the jar as an artifact."""
    from pyspark.sql.connect.session import SparkSession

    from spark_ncbi_gene import enable

    session = SparkSession.builder.remote(connect_server).create()
    yield aimed(enable(session), stand_in)
    session.stop()


@pytest.fixture(scope="session")
def pure(connect_server):
    """A client of a server that has no jar, and the data source in pure Python."""
    from pyspark.sql.connect.session import SparkSession

    from spark_ncbi_gene import register

    session = SparkSession.builder.remote(connect_server).create()
    yield register(session)
    session.stop()


@pytest.fixture(params=["classic", "connect"])
def spark(request):
    """Both kinds of session."""
    return request.getfixturevalue(request.param)


def aimed(session, service):
    """Sends a session's requests to the stand-in, as fast as it likes."""
    for prefix in ("spark.datasource.ncbi-gene", "spark.sql.catalog.ncbi"):
        session.conf.set(f"{prefix}.base_url", service.base_url)
        session.conf.set(f"{prefix}.requests_per_second", "0")
    return session
