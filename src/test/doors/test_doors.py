"""Every door people come in by: by short name, with the jar alone, on one installed PySpark."""

import json
import os
import re
from datetime import datetime

import pytest
from conftest import ROOT, environment
from documented import python_samples

ACCESSIONS = "NM_021803.4,NP_068575.1,NM_000000.0"


def identifiers(request):
    """The accessions that a request asks for."""
    if request["body"]:
        return sorted(json.loads(request["body"])["accessions"])
    return sorted(re.search(r"/gene/accession/([^/]+)", request["path"]).group(1).split(","))


def arrived(request):
    """When a request arrived, in seconds."""
    text = request["arrived"].rstrip("Z")
    return datetime.fromisoformat(text[:19]).timestamp() + float("0" + text[19:])


def asked(service):
    """The accessions of each request."""
    return sorted(identifiers(request) for request in service.requests())


ONCE = [sorted(ACCESSIONS.split(","))]

GENES = f"""
from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
genes = spark.read.format("ncbi-gene").option("accessions", "{ACCESSIONS}").load()
for row in genes.select("accession", "symbol", "gene_id", "warnings.code").collect():
    print("row", row.accession, row.symbol, row.gene_id, row.code)
"""
PRINTED = [
    "row NM_000000.0 None None ['NOT_FOUND']",
    "row NM_021803.4 IL21 59067 None",
    "row NP_068575.1 IL21 59067 None",
]


def test_spark_submit_of_a_python_script(spark, service):
    printed = spark.run("spark-submit", "--master", "local[2]", spark.script("genes.py", GENES))

    assert sorted(re.findall("row .*", printed)) == PRINTED
    assert asked(service) == ONCE


def test_packages_from_a_directory(spark, service):
    version = re.search(r"/spark-ncbi-gene-([^/]+)\.jar$", spark.jar).group(1)
    assert spark.options[:2] == ["--jars", spark.jar]
    spark.options[:2] = [
        *("--packages", f"io.github.spark-ncbi-gene:spark-ncbi-gene:{version}"),
        *("--repositories", (ROOT / "target/repository").as_uri()),
    ]

    printed = spark.run(
        "spark-submit",
        "--master",
        "local[2]",
        spark.script("genes.py", GENES),
        # Not what is in the user's own repository, nor anything from elsewhere.
        SPARK_SUBMIT_OPTS=f"-Duser.home={spark.directory} -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=1",
    )

    assert sorted(re.findall("row .*", printed)) == PRINTED
    assert asked(service) == ONCE


def test_pyspark_session_with_spark_jars(spark, service, processes):
    script = spark.script(
        "notebook.py",
        f"""
from pyspark.sql import SparkSession

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.jars", "{spark.jar}")
    .config("spark.ui.enabled", "false")
    .getOrCreate()
)
variants = spark.createDataFrame([("v1", "NM_021803.4"), ("v2", None)], "variant string, transcript string")
genes = (
    spark.read.format("ncbi-gene")
    .option("base_url", "{service.base_url}")
    .option("accessions", "NM_021803.4")
    .load()
)
joined = variants.join(genes, variants.transcript == genes.accession, "left").select("variant", "symbol")
print("rows", sorted((row.variant, row.symbol) for row in joined.collect()))
print("pandas", genes.select("symbol", "gene_id").limit(1).collect()[0].asDict())
""",
    )

    started = processes.start(environment()["PYSPARK_PYTHON"], script)
    processes.await_line(started, r"pandas \{'symbol': 'IL21', 'gene_id': 59067\}")

    assert "rows [('v1', 'IL21'), ('v2', None)]" in started[1].read_text()


def test_spark_submit_of_the_example(spark, service):
    class_path = (ROOT / "examples/target/class-path").read_text().split(os.pathsep)
    needed = [path for path in class_path if "picocli" in path or "testkit" in path]
    spark.options[1] = ",".join([spark.jar, *needed])

    printed = spark.run(
        "spark-submit",
        "--master",
        "local[2]",
        "--class",
        "io.github.sparkncbigene.examples.EnrichVariants",
        spark.examples,
        "--base-url",
        service.base_url,
        "--accessions",
        ACCESSIONS,
        "--out",
        spark.directory / "enriched",
    )

    assert re.search(r"NM_021803\.4 *\|IL21 *\|59067", printed)
    assert re.search(r"NM_000000\.0 *\|.*\|NOT_FOUND", printed)
    assert asked(service) == ONCE


def test_spark_shell(spark, service):
    printed = spark.run(
        "spark-shell",
        "--master",
        "local[2]",
        text=f"""
val genes = spark.read.format("ncbi-gene").option("accessions", "{ACCESSIONS}").load()
genes.select("accession", "symbol").collect().foreach(row => println("row " + row.mkString(" ")))
:quit
""",
    )

    # The shell echoes what it was told, so a row is known by its accession.
    assert sorted(re.findall(r"row N[MP]_\S+ \S+", printed)) == [
        "row NM_000000.0 null",
        "row NM_021803.4 IL21",
        "row NP_068575.1 IL21",
    ]
    assert asked(service) == ONCE


def test_spark_sql_with_the_catalog(spark, service):
    printed = spark.run(
        "spark-sql",
        "--master",
        "local[2]",
        "--conf",
        "spark.sql.catalog.ncbi=io.github.sparkncbigene.source.NcbiGeneCatalog",
        "--conf",
        f"spark.sql.catalog.ncbi.base_url={service.base_url}",
        "-e",
        "SHOW TABLES IN ncbi; SELECT accession, symbol, gene_id FROM ncbi.gene WHERE accession = 'NM_021803.4';",
    )

    assert re.search(r"\bgene\b[\s\S]*\bproduct\b", printed)
    assert "NM_021803.4\tIL21\t59067" in printed
    assert asked(service) == [["NM_021803.4"]]


def test_spark_sql_runs_the_script_of_the_recipe(spark, service):
    page = (ROOT / "docs/recipes/spark-sql.md").read_text()
    command = re.search(r"^spark-sql (?:.*\\\n)*.*$", page, re.MULTILINE).group()
    settings = dict(re.findall(r"--conf (\S+?)=(\S+)", command)) | {"spark.sql.catalog.ncbi.base_url": service.base_url}
    given = [part for setting in settings.items() for part in ("--conf", "=".join(setting))]
    script = re.search(r" -f (\S+)", command).group(1)

    printed = spark.run("spark-sql", "--master", "local[2]", *given, "--hivevar", f"data={ROOT / 'examples/data'}", "-f", ROOT / script)

    assert printed.replace("\r", "") == re.search(r"^```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL).group(1)
    assert len(service.requests()) == 1


def test_spark_connect(spark, service, processes):
    client = os.environ.get("CONNECT_CLIENT")
    if not client:
        pytest.skip("there is no pure Python client of this version")
    server = processes.start(
        spark.program("spark-submit"),
        *spark.options,
        "--master",
        "local[2]",
        "--conf",
        "spark.connect.grpc.binding.address=127.0.0.1",
        "--conf",
        "spark.connect.grpc.binding.port=0",
        "--class",
        "org.apache.spark.sql.connect.service.SparkConnectServer",
        "spark-internal",
    )
    port = processes.await_line(server, r"Spark Connect server started at: \S*?:(\d+)").group(1)
    ((sample, _),) = python_samples("docs/spark-connect.md")
    script = spark.script(
        "client.py",
        sample.replace("127.0.0.1:15002", f"127.0.0.1:{port}")
        + """
import re

for options in ({"accesions": "NM_021803.4"}, {"accessions": "NM_000000.0", "mode": "FAILFAST"}):
    try:
        spark.read.format("ncbi-gene").options(**options).load().collect()
    except Exception as error:
        print("error", re.search(r"\\[NCBI_GENE_.*", str(error)).group())
print("rows", sorted((row.accession, row.symbol) for row in genes.select("accession", "symbol").collect()))
spark.stop()
""",
    )

    started = processes.start(client, script)
    processes.await_line(started, r"rows \[\('NM_021803.4', 'IL21'\), \('NP_068575.1', 'IL21'\)\]")

    printed = started[1].read_text()
    assert "error [NCBI_GENE_UNKNOWN_OPTION] Option 'accesions' is not known." in printed
    assert "error [NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'NM_000000.0'" in printed
    assert asked(service) == [["NM_000000.0"], *[["NM_021803.4", "NP_068575.1"]] * 2]


def test_standalone_cluster_of_two_executors_keeps_the_rate(spark, service, processes):
    spark_class = spark.program("spark-class")
    master = processes.start(
        spark_class, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", 0, "--webui-port", 0
    )
    address = processes.await_line(master, r"Starting Spark master at (spark://\S+)").group(1)
    for number in range(2):
        worker = processes.start(
            spark_class,
            "org.apache.spark.deploy.worker.Worker",
            *("--host", "127.0.0.1", "--port", 0, "--webui-port", 0, "--cores", 1, "--memory", "1g"),
            *("--work-dir", spark.directory / f"worker{number}"),
            address,
        )
        processes.await_line(worker, "Successfully registered with master")
    rate = 10
    script = spark.script(
        "job.py",
        f"""
import os
from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
spark.read.text("accessions.txt").count()  # both executors are there
genes = (
    spark.read.format("ncbi-gene")
    .option("requests_per_second", {rate})
    .load("{spark.directory}/accessions.txt")
    .select("accession", "symbol")
)
rows = genes.rdd.map(lambda row: (os.getcwd(), row.symbol is not None)).collect()
executors = {{directory for directory, _ in rows}}
print("executors", len(executors), "rows", len(rows), "found", sum(found for _, found in rows))
""",
    )
    # The stand-in knows each number either as a messenger RNA or as another one.
    accessions = {f"{kind}_9{number:08}" for number in range(20_000) for kind in ("NM", "NR")}
    (spark.directory / "accessions.txt").write_text("\n".join(accessions))

    printed = spark.run(
        "spark-submit",
        "--master",
        address,
        "--conf",
        "spark.executor.memory=1g",
        "--conf",
        "spark.scheduler.minRegisteredResourcesRatio=1.0",
        "--conf",
        "spark.scheduler.maxRegisteredResourcesWaitingTime=60s",
        script,
    )

    assert "executors 2 rows 40000 found 20000" in printed
    requests = service.requests()
    assert len(requests) == 40
    assert {accession for request in requests for accession in identifiers(request)} == accessions
    # Three seconds at least lie between the first and the last, and only one if each executor took the whole rate for itself. To
    # the second the rate is tested elsewhere: a machine that runs a whole cluster stalls, and requests arrive later than they were
    # sent.
    arrivals = sorted(arrived(request) for request in requests)
    assert arrivals[-1] - arrivals[0] >= 0.7 * (len(requests) / rate - 1)
