"""The Python samples of the documentation, as PySpark runs them, and what the pages say that they print."""

import json

from conftest import ROOT
from documented import python_samples

# What samples take for granted, besides spark.
GIVEN = f"""
data = {str(ROOT / "examples" / "data")!r}
accessions = directory + "/accessions.txt"
cache = directory + "/cache"
checkpoint = directory + "/checkpoint"
out = directory + "/out"
variants = spark.sql("SELECT * FROM VALUES ('c.1A>G', 'NM_021803.4'), ('c.2C>T', NULL) AS v(hgvs, transcript)")
"""

# What must be so after a page's samples, where they print nothing.
LEFT = {
    "docs/joins.md": ("sorted((row.hgvs, row.symbol) for row in enriched.collect())", [["c.1A>G", "IL21"], ["c.2C>T", None]]),
    "docs/parameters.md": ("'spark' in dir()", True),
    "docs/cache.md": ("sorted(row.symbol for row in spark.read.parquet(out).collect())", ["IL21", "TP53"]),
    "docs/streaming.md": ("sorted(row.symbol for row in spark.read.parquet(out).collect())", ["IL21", "TP53"]),
    "docs/tuning.md": ("genes.storageLevel.useMemory", True),
}

# What the pages on joins, SQL and recipes assume of a session.
SETTINGS = [
    "--conf",
    "spark.sql.extensions=io.github.sparkncbigene.join.NcbiGeneExtensions",
    "--conf",
    "spark.sql.catalog.ncbi=io.github.sparkncbigene.source.NcbiGeneCatalog",
]

# Pages whose samples other tests run: with a client of Spark Connect, and with the Python package.
ELSEWHERE = {"spark-connect.md", "python.md", "which-identifier.md"}

# Goes through the pages; says what each sample printed, and what is left at the end.
RUNNER = """
import contextlib, io, json, os, sys
from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
with open("pages.json") as pages:
    pages = json.load(pages)
told = {}
for page, (samples, left) in pages.items():
    directory = os.path.abspath(page.replace("/", "-"))
    os.mkdir(directory)
    with open(directory + "/accessions.txt", "w") as accessions:
        accessions.write("NM_021803.4\\nNM_000546.6\\n")
    names = {"spark": spark, "directory": directory}
    exec(GIVEN, names)
    printed = []
    for sample in samples:
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(sample, page, "exec"), names)
        printed.append(out.getvalue())
    told[page] = {"printed": printed, "left": eval(left, names) if left else None}
with open("told.json", "w") as out:
    json.dump(told, out)
"""


def samples():
    """The samples of all pages that have some, those of other tests left out."""
    paths = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    pages = [path.relative_to(ROOT).as_posix() for path in paths if path.name not in ELSEWHERE]
    return {page: found for page in pages if (found := python_samples(page))}


def test_samples_in_python(spark, service):
    pages = samples()
    assert len(pages) >= 8
    silent = {page for page, found in pages.items() if not any(shown for _, shown in found)}
    assert silent <= LEFT.keys() | {"README.md"}
    (spark.directory / "pages.json").write_text(
        json.dumps({page: ([text for text, _ in found], LEFT.get(page, [None])[0]) for page, found in pages.items()})
    )
    package = f"import sys; sys.path.insert(0, {str(ROOT / 'python/src')!r})"
    script = spark.script("samples.py", f"{package}\nGIVEN = {GIVEN!r}\n{RUNNER}")

    spark.run("spark-submit", "--master", "local[2]", *SETTINGS, script)

    told = json.loads((spark.directory / "told.json").read_text())
    for page, found in pages.items():
        for (text, shown), printed in zip(found, told[page]["printed"]):
            if shown is not None:
                assert printed.strip() == shown.strip(), f"{page}:\n{text}"
        if page in LEFT:
            assert told[page]["left"] == LEFT[page][1], page
    assert service.requests()
