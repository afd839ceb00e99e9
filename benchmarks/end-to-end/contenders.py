"""One way to get a table of genes for a list of accessions, on two cores: contenders.py WAY FILE WARM_UP BASE_URL RATE JAR.

Asks WARM_UP for the first batch, prints READY, gets them all from BASE_URL, and prints DONE with the seconds that took.
RATE is in requests a second, 0 for no limit. JAR is the connector's.
"""

import json
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import requests
from pyspark.sql import SparkSession

BATCH = 1000
COLUMNS = ["accession", "gene_id", "symbol", "description", "chromosomes", "annotations"]
RANGE = "begin: string, end: string, orientation: string, order: int, ribosomal_slippage: int"
ANNOTATIONS = (
    "array<struct<assembly_accession: string, assembly_name: string, annotation_name: string,"
    " annotation_release_date: string, genomic_locations: array<struct<genomic_accession_version: string,"
    f" sequence_name: string, genomic_range: struct<{RANGE}>, exons: array<struct<{RANGE}>>>>>>"
)
GENE = f"gene_id string, symbol string, description string, chromosomes array<string>, annotations {ANNOTATIONS}"


def batches(path):
    accessions = open(path).read().split()
    return [accessions[i : i + BATCH] for i in range(0, len(accessions), BATCH)]


def ask(session, base_url, accessions):
    """The matches of a batch; pages follow each other by their token."""
    token = None
    while True:
        body = {"accessions": accessions, "page_size": BATCH}
        if token:
            body["page_token"] = token
        answer = session.post(base_url + "/gene/dataset_report", json=body, timeout=300)
        answer.raise_for_status()
        page = answer.json()
        yield from page.get("reports", [])
        token = page.get("next_page_token")
        if not token:
            return


class Rate:
    """Lets so many requests a second start."""

    def __init__(self, rate):
        self.interval = 1 / rate if rate else 0
        self.lock = threading.Lock()
        self.next = time.monotonic()

    def wait(self):
        if not self.interval:
            return
        with self.lock:
            start = max(self.next, time.monotonic())
            self.next = start + self.interval
        time.sleep(max(0, start - time.monotonic()))


def connector(spark, path, base_url, rate):
    return (
        spark.read.format("ncbi-gene")
        .option("base_url", base_url)
        .option("requests_per_second", rate)
        .option("batch_size", BATCH)
        .load(path)
        .select(*COLUMNS)
    )


def sequential(spark, path, base_url, rate):
    """As NCBI's own client works: one request after another, a line for each report; then Spark reads the file."""
    limit = Rate(rate)
    with requests.Session() as session, tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as out:
        for batch in batches(path):
            limit.wait()
            for match in ask(session, base_url, batch):
                out.write(json.dumps(match) + "\n")
    return spark.read.schema(json_schema()).json(out.name).selectExpr("query[0] AS accession", "gene.*")


def json_schema():
    fields = (
        "gene_id: string, symbol: string, description: string, chromosomes: array<string>,"
        f" annotations: {ANNOTATIONS}"
    )
    return f"gene struct<{fields}>, query array<string>"


def threads(spark, path, base_url, rate):
    """A pool of threads, each with a session; the rows go to Spark by createDataFrame."""
    limit = Rate(rate)
    local = threading.local()

    def rows(batch):
        if not hasattr(local, "session"):
            local.session = requests.Session()
        limit.wait()
        found = []
        for match in ask(local.session, base_url, batch):
            gene = match["gene"]
            found.append([match["query"][0]] + [gene.get(column) for column in COLUMNS[1:]])
        return found

    with ThreadPoolExecutor(64) as pool:
        all_rows = [row for part in pool.map(rows, batches(path)) for row in part]
    return spark.createDataFrame(all_rows, f"accession string, {GENE}")


def read(table):
    table.write.format("noop").mode("overwrite").save()


def main():
    way, path, warm_up, base_url, rate, jar = sys.argv[1:]
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.jars", jar)
        .getOrCreate()
    )
    get = {"connector": connector, "sequential": sequential, "threads": threads}[way]

    with tempfile.NamedTemporaryFile("w", suffix=".txt") as first:
        first.write("\n".join(batches(path)[0]))
        first.flush()
        read(get(spark, first.name, warm_up, 0))
    print("READY", flush=True)
    start = time.monotonic()
    read(get(spark, path, base_url, int(rate)))
    print("DONE", time.monotonic() - start, flush=True)
    spark.stop()


if __name__ == "__main__":
    main()
