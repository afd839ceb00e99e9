"""What the notebooks start: a Spark session that has the connector, and a stand-in for NCBI's gene service.

With NCBI_GENE_LIVE=1 in the environment NCBI itself is asked, and no stand-in is started.
"""

import atexit
import contextlib
import os
import subprocess
from pathlib import Path

from pyspark.sql import SparkSession

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TARGET = HERE / "target"
LOGS = TARGET / "logs"
LIVE = os.environ.get("NCBI_GENE_LIVE", "") not in ("", "0")


def session(name, jars=(), **settings):
    """A session that has the data source, its catalog under the name ncbi, and its extension of joins."""
    _quit()
    spark = SparkSession.builder.master("local[2]").appName(name)
    configuration = {
        "spark.jars": ",".join([_jar("NCBI_GENE_JAR", "connector/target", "spark-ncbi-gene-[0-9]*.jar"), *jars]),
        "spark.sql.catalog.ncbi": "io.github.sparkncbigene.source.NcbiGeneCatalog",
        "spark.sql.extensions": "io.github.sparkncbigene.join.NcbiGeneExtensions",
        "spark.sql.shuffle.partitions": 2,
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": False,
        **settings,
    }
    if not LIVE:
        url = _start_stand_in(name)
        configuration["spark.datasource.ncbi-gene.base_url"] = url
        configuration["spark.sql.catalog.ncbi.base_url"] = url
    for key, value in configuration.items():
        spark = spark.config(key, value)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # What Java writes would end up in the notebook.
    with _standard_error_in(_log(name, "spark")):
        return spark.getOrCreate()


def data(name):
    """The path of a table of examples/data."""
    return str(ROOT / "examples" / "data" / name)


def metrics(frame):
    """What the connector counted while this frame was collected, by name: Spark's UI shows it at the scan."""
    counted = {}
    plans = [frame._jdf.queryExecution().executedPlan()]
    while plans:
        plan = plans.pop()
        if plan.getClass().getSimpleName() == "AdaptiveSparkPlanExec":
            plans.append(plan.executedPlan())
        elif plan.getClass().getSimpleName().endswith("QueryStageExec"):
            plans.append(plan.plan())
        elif plan.metrics().contains("requestsPlanned"):
            names = plan.metrics().keysIterator()
            while names.hasNext():
                name = names.next()
                counted[name] = counted.get(name, 0) + plan.metrics().apply(name).value()
        children = plan.children().iterator()
        while children.hasNext():
            plans.append(children.next())
    return counted


_stand_in = None


def _start_stand_in(name):
    global _stand_in
    jar = _jar("NCBI_GENE_TESTKIT_JAR", "testkit/target", "ncbi-gene-testkit-[0-9]*-standalone.jar")
    java = str(Path(os.environ["JAVA_HOME"], "bin", "java")) if os.environ.get("JAVA_HOME") else "java"
    log = _log(name, "stand-in")
    with open(log, "w") as errors:
        _stand_in = subprocess.Popen(
            [java, "-jar", jar, "--port", "0"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    line = _stand_in.stdout.readline()
    if not line.startswith("Listening on "):
        raise RuntimeError(f"The stand-in did not start; see {log}.")
    return line.removeprefix("Listening on ").strip()


@atexit.register
def _quit():
    global _stand_in
    if SparkSession.getActiveSession() is not None:
        SparkSession.getActiveSession().stop()
    if _stand_in is not None:
        _stand_in.terminate()
        _stand_in.wait()
        _stand_in = None


def _jar(variable, directory, pattern):
    if variable in os.environ:
        return os.environ[variable]
    beside = ("-sources", "-javadoc", "-tests")
    found = [jar for jar in (ROOT / directory).glob(pattern) if not jar.stem.endswith(beside)]
    if len(found) != 1:
        raise FileNotFoundError(f"There is no {directory}/{pattern}, or several. Run `make clean notebooks`, or set {variable}.")
    return str(found[0])


def _log(name, what):
    LOGS.mkdir(parents=True, exist_ok=True)
    return LOGS / f"{name.replace(' ', '-')}.{what}.log"


@contextlib.contextmanager
def _standard_error_in(path):
    saved = os.dup(2)
    try:
        with open(path, "w") as log:
            os.dup2(log.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
