"""What a person who works in Python reads of an error: the connector's own words, early."""

import json

CASES = """
import json, re, socket, sys
from pyspark.errors import IllegalArgumentException
from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
with socket.socket() as nobody:
    nobody.bind(("127.0.0.1", 0))
    down = f"http://127.0.0.1:{nobody.getsockname()[1]}"
with open("list.txt", "w") as out:
    out.write("NM_021803.4\\n\\0\\n")


def genes(**options):
    return spark.read.format("ncbi-gene").options(max_retries="0", **options)


cases = {
    "option": lambda: genes(accesions="NM_021803.4").load(),
    "table field": lambda: genes(accessions="NM_021803.4", table_fields="symbl").load(),
    "file": lambda: genes().load("list.txt").collect(),
    "nothing": lambda: genes().load().collect(),
    "down": lambda: genes(base_url=down, accessions="NM_021803.4").load().collect(),
    "not found": lambda: genes(accessions="NM_000000.0", mode="FAILFAST").load().show(),
}
told = {}
for name, case in cases.items():
    try:
        case()
    except Exception as error:
        told[name] = {
            "given": isinstance(error, IllegalArgumentException),
            "lines": str(error).splitlines()[:2],
            "found": re.search(r"\\[NCBI_GENE_.*", str(error)).group(),
        }
with open("told.json", "w") as out:
    json.dump(told, out)
"""


def test_errors_in_python(spark):
    spark.run("spark-submit", "--master", "local[2]", spark.script("errors.py", CASES))

    told = json.loads((spark.directory / "told.json").read_text())
    given = {
        "option": "[NCBI_GENE_UNKNOWN_OPTION] Option 'accesions' is not known. Did you mean 'accessions'?",
        "table field": "[NCBI_GENE_UNKNOWN_TABLE_FIELD] Option table_fields holds 'symbl', which is not a table field",
        "file": "[NCBI_GENE_INVALID_IDENTIFIER] Line 2 of file:",
        "nothing": "[NCBI_GENE_NO_SELECTOR] Nothing says which genes to read",
    }
    of_tasks = {
        "down": ("[NCBI_GENE_SERVICE_UNREACHABLE] No response to GET http://127.0.0.1:", "that this machine may reach it."),
        "not found": ("[NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'NM_000000.0'", "."),
    }
    assert told.keys() == given.keys() | of_tasks.keys()
    for name, start in given.items():
        assert told[name]["given"], name
        assert told[name]["lines"][0].startswith(start)
    for name, (start, end) in of_tasks.items():
        assert not told[name]["given"], name
        assert told[name]["found"].startswith(start)
        assert told[name]["found"].endswith(end)
        assert told[name]["found"] in "\n".join(told[name]["lines"])
