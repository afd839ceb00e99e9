"""The stand-in for NCBI's service, and programs of one installed PySpark, each in a process of its own."""

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

ROOT = Path(__file__).resolve().parents[3]
SPARK_HOME = Path(pyspark.__file__).parent
TIMEOUT = 240


def only(pattern):
    found = [path for path in ROOT.glob(pattern) if not re.search(r"-(sources|javadoc)\.jar$", path.name)]
    assert len(found) == 1, f"There should be one {pattern}, not {found}. Run make doors."
    return str(found[0])


def environment():
    """Without what a Spark installed elsewhere has set; Spark talks to itself only."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_", "NCBI_"))}
    return clean | {"SPARK_HOME": str(SPARK_HOME), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}


class Processes:
    """Starts programs, and ends them with all that they have started."""

    def __init__(self, directory):
        self.directory = directory
        self.started = []

    def start(self, *command, **env):
        log = self.directory / f"{len(self.started)}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=self.directory,
                env=environment() | env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append((process, log))
        return process, log

    def await_line(self, started, pattern):
        """The first match in what a program prints, as soon as it is there."""
        process, log = started
        follow = subprocess.Popen(["tail", "-n", "+1", "-F", str(log)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        alarm = signal.signal(signal.SIGALRM, self.too_late)
        signal.alarm(TIMEOUT)
        try:
            for line in follow.stdout:
                match = re.search(pattern, line)
                if match:
                    return match
        except TimeoutError:
            pass
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, alarm)
            follow.kill()
            follow.wait()
        raise AssertionError(f"{process.args} did not print {pattern}:\n{log.read_text()[-4000:]}")

    @staticmethod
    def too_late(*_):
        raise TimeoutError

    def close(self):
        for process, _ in self.started:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


class Service:
    """The stand-in, and what it was asked."""

    def __init__(self, base_url):
        self.base_url = base_url
        self.admin = base_url.replace("/datasets/v2", "/testkit/")

    def reset(self):
        urllib.request.urlopen(urllib.request.Request(self.admin + "reset", method="POST")).read()

    def requests(self):
        with urllib.request.urlopen(self.admin + "requests") as answer:
            return json.load(answer)["requests"]


class Spark:
    """One installed PySpark, with the connector's jar."""

    version = pyspark.__version__
    jar = only("connector/target/spark-ncbi-gene-*.jar")
    examples = only("examples/target/spark-ncbi-gene-examples-*.jar")

    def __init__(self, directory, base_url):
        self.directory = directory
        self.options = [
            "--jars",
            self.jar,
            "--conf",
            "spark.ui.enabled=false",
            "--conf",
            "spark.driver.host=127.0.0.1",
            "--conf",
            f"spark.datasource.ncbi-gene.base_url={base_url}",
        ]

    def program(self, name):
        return SPARK_HOME / "bin" / name

    def run(self, program, *arguments, text=None, **env):
        """Runs a program of Spark's to its end; what it printed on standard output."""
        done = subprocess.run(
            [str(part) for part in (self.program(program), *self.options, *arguments)],
            cwd=self.directory,
            env=environment() | env,
            input=text or "",
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
        assert done.returncode == 0, f"{program} ended with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout

    def script(self, name, text):
        path = self.directory / name
        path.write_text(text)
        return path


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory):
    processes = Processes(tmp_path_factory.mktemp("service"))
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
    jar = only("testkit/target/ncbi-gene-testkit-*-standalone.jar")
    started = processes.start(java, "-jar", jar, "--port", "0", "--synthetic", "20000", "--compact")
    yield Service(processes.await_line(started, r"Listening on (\S+)").group(1))
    processes.close()


@pytest.fixture
def service(stand_in):
    stand_in.reset()
    return stand_in


@pytest.fixture
def processes(tmp_path):
    running = Processes(tmp_path)
    yield running
    running.close()


@pytest.fixture
def spark(tmp_path, service):
    return Spark(tmp_path, service.base_url)
