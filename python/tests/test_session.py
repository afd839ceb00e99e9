"""What ``enable`` and ``configure`` do to a session, and what of the user's stays."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import VERSION

import spark_ncbi_gene
from spark_ncbi_gene import NcbiGeneError, enable


def rows(frame):
    return sorted((row.accession, row.symbol) for row in frame.select("accession", "symbol").collect())


IL21 = [("NM_021803.4", "IL21"), ("NP_068575.1", "IL21")]


@pytest.mark.sample
def test_reads_and_sql_in_a_session_that_ran_already(spark, service):
    genes = spark.read.format("ncbi-gene").option("accessions", "NM_021803.4,NP_068575.1").load()

    assert rows(genes) == IL21
    assert spark.sql("SELECT symbol FROM ncbi.gene WHERE accession = 'NM_021803.4'").collect()[0].symbol == "IL21"
    assert service.identifiers() == ["NM_021803.4", "NM_021803.4", "NP_068575.1"]


@pytest.mark.sample
def test_joins_without_a_list(classic, service):
    classic.sql(
        "SELECT * FROM VALUES ('v1', 'NM_021803.4'), ('v2', NULL) AS v(id, transcript)"
    ).createOrReplaceTempView("v")

    joined = classic.sql("SELECT v.id, g.symbol FROM v LEFT JOIN ncbi.gene g ON v.transcript = g.accession").collect()

    assert sorted((row.id, row.symbol) for row in joined) == [("v1", "IL21"), ("v2", None)]
    assert service.identifiers() == ["NM_021803.4"]


def test_other_threads_find_the_source(classic, service):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(lambda: rows(classic.read.format("ncbi-gene").option("accessions", "NM_021803.4").load()))

    assert found.result() == IL21[:1]


def test_enabling_twice_changes_nothing(spark, service):
    assert enable(spark) is spark
    assert service.requests() == []


def test_a_catalog_of_the_user_stays(spark):
    spark.conf.set("spark.sql.catalog.mine", "org.example.Mine")

    with pytest.raises(NcbiGeneError) as refused:
        enable(spark, catalog="mine")

    assert refused.value.code == "NCBI_GENE_CONFLICTING_OPTIONS"
    assert str(refused.value) == (
        "[NCBI_GENE_CONFLICTING_OPTIONS] The session has another catalog 'mine': org.example.Mine. Give this one"
        " another name, such as enable(spark, catalog='genes')."
    )
    assert spark.conf.get("spark.sql.catalog.mine") == "org.example.Mine"


CONFIGURED = """
import json, sys
from pyspark.sql import SparkSession
from spark_ncbi_gene import configure, enable

builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
if sys.argv[3] == "configure":
    builder = configure(builder)
for name, value in json.loads(sys.argv[1]).items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()
if sys.argv[3] == "enable":
    enable(spark)
spark.conf.set("spark.datasource.ncbi-gene.base_url", sys.argv[2])
genes = spark.read.format("ncbi-gene").option("accessions", "NM_021803.4,NP_068575.1").load()
loader = spark._jvm.java.lang.Thread.currentThread().getContextClassLoader()
seen = spark._jsc.sc().addedJars() if hasattr(spark._jsc.sc(), "addedJars") else None
told = {
    "symbols": [row.symbol for row in genes.collect()],
    "found": [name for name in ("other.txt", "packed.txt") if loader.getResource(name) is not None],
    "jars": spark.conf.get("spark.jars", ""),
    "extensions": spark.conf.get("spark.sql.extensions", ""),
    "catalog": spark.conf.get("spark.sql.catalog.ncbi"),
    "executors": sorted(jar.rsplit("/", 1)[-1] for jar in (str(j) for j in
        spark._jvm.scala.jdk.javaapi.CollectionConverters.asJava(spark._jsc.sc().listJars()))),
}
spark.stop()
print("told", json.dumps(told))
"""


def repository(directory):
    """A Maven repository with one package, org.example:packed:1.0."""
    place = directory / "org/example/packed/1.0"
    place.mkdir(parents=True)
    with zipfile.ZipFile(place / "packed-1.0.jar", "w") as jar:
        jar.writestr("packed.txt", "here")
    coordinates = "<groupId>org.example</groupId><artifactId>packed</artifactId><version>1.0</version>"
    (place / "packed-1.0.pom").write_text(
        f"<project><modelVersion>4.0.0</modelVersion>{coordinates}<packaging>jar</packaging></project>"
    )
    return directory.as_uri()


@pytest.mark.parametrize(
    ("way", "door"),
    [
        ("configure", "builder"),
        ("enable", "arguments"),
        pytest.param("configure", "arguments", marks=pytest.mark.long),
        pytest.param("configure", "defaults", marks=pytest.mark.long),
    ],
)
def test_other_jars_packages_and_extensions_survive(service, tmp_path, way, door):
    other = tmp_path / "other.jar"
    with zipfile.ZipFile(other, "w") as jar:
        jar.writestr("other.txt", "here")
    found, executors = ["other.txt"], ["other.jar", "spark-ncbi-gene.jar"]
    # Delta's own class is not needed to see that the setting stays: Spark warns of one that it does not find.
    settings = {"spark.jars": str(other), "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension"}
    env = {}
    given = {}
    if door == "builder":
        given = settings
    elif door == "arguments":
        conf = f"--conf spark.sql.extensions={settings['spark.sql.extensions']}"
        packages = f"--packages org.example:packed:1.0 --repositories {repository(tmp_path / 'repository')}"
        ivy = f"--conf spark.jars.ivy={tmp_path / 'ivy'}"
        env["PYSPARK_SUBMIT_ARGS"] = f"--jars {other} {packages} {ivy} {conf} pyspark-shell"
        found, executors = [*found, "packed.txt"], ["org.example_packed-1.0.jar", *executors]
    else:
        env["SPARK_CONF_DIR"] = str(tmp_path)
        (tmp_path / "spark-defaults.conf").write_text("".join(f"{key} {value}\n" for key, value in settings.items()))
    script = tmp_path / "configured.py"
    script.write_text(CONFIGURED)

    done = subprocess.run(
        [sys.executable, str(script), json.dumps(given), service.base_url, way],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=180,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.split("told ")[1])
    assert told["symbols"] == ["IL21", "IL21"]
    assert told["found"] == found
    assert told["extensions"] == settings["spark.sql.extensions"]
    assert str(other) in told["jars"]
    assert told["executors"] == sorted(executors)
    assert told["catalog"] == "io.github.sparkncbigene.source.NcbiGeneCatalog"
    assert len(service.requests()) == 1


CLASS_PATH = Path(__file__).parents[2] / "examples/target/class-path"
DELTA = [jar for jar in CLASS_PATH.read_text().split(":") if "/io/delta/" in jar] if CLASS_PATH.exists() else []

WITH_DELTA = """
import json, sys
from pyspark.sql import SparkSession
from spark_ncbi_gene import configure, enable, genes

builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
for name, value in json.loads(sys.argv[1]).items():
    builder = builder.config(name, value)
spark = configure(builder).getOrCreate() if sys.argv[3] == "configure" else enable(builder.getOrCreate())
for prefix in ("spark.datasource.ncbi-gene", "spark.sql.catalog.ncbi"):
    spark.conf.set(prefix + ".base_url", sys.argv[2])
spark.sql("CREATE TABLE v USING delta AS SELECT 'v1' AS id, 'NM_021803.4' AS transcript")
spark.sql("UPDATE v SET id = 'v2'")
joined = spark.sql("SELECT v.id, g.symbol FROM v LEFT JOIN ncbi.gene g ON v.transcript = g.accession")
genes(spark, ["NM_021803.4", "NM_000546.6"]).write.format("delta").saveAsTable("found")
told = {
    "joined": [list(row) for row in joined.collect()],
    "found": spark.table("found").count(),
    "format": spark.sql("DESCRIBE DETAIL found").first().format,
    "versions": spark.sql("DESCRIBE HISTORY v").count(),
}
spark.stop()
print("told", json.dumps(told))
"""


@pytest.mark.long
@pytest.mark.skipif(VERSION != (4, 2) or not DELTA, reason="There are no jars of Delta for this Spark: make demo")
@pytest.mark.parametrize(
    ("way", "door"), [("configure", "builder"), ("configure", "arguments"), ("enable", "arguments")]
)
def test_delta_works_beside_it(service, tmp_path, way, door):
    settings = {
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.warehouse.dir": str(tmp_path / "warehouse"),
    }
    env = {}
    if door == "builder":
        settings["spark.jars"] = ",".join(DELTA)
    else:
        conf = " ".join(f"--conf {name}={value}" for name, value in settings.items())
        env["PYSPARK_SUBMIT_ARGS"] = f"--jars {','.join(DELTA)} {conf} pyspark-shell"
        settings = {}
    script = tmp_path / "delta.py"
    script.write_text(WITH_DELTA)

    done = subprocess.run(
        [sys.executable, script, json.dumps(settings), service.base_url, way],
        env={**os.environ, **env},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.split("told ")[1])
    assert told == {"joined": [["v2", "IL21"]], "found": 2, "format": "delta", "versions": 2}
    assert service.identifiers() == ["NM_000546.6", "NM_021803.4", "NM_021803.4"]


def test_the_jar_is_in_the_wheel():
    with zipfile.ZipFile(spark_ncbi_gene.jar()) as jar:
        assert "io/github/sparkncbigene/source/NcbiGeneCatalog.class" in jar.namelist()
