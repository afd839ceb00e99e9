"""What a person who works in Python passes as a list: PySpark makes text of it, whatever it is."""

import json

CASES = """
import json, math, re
from pyspark.sql import Row, SparkSession
from pyspark.sql.functions import col

spark = SparkSession.builder.getOrCreate()
il21 = ["NM_021803.4", "NP_068575.1"]
many = [f"NM_{i:06d}.1" for i in range(2000)]
frame = spark.createDataFrame([(one,) for one in il21], ["transcript"])

cases = {
    "list": il21,
    "tuple": tuple(il21),
    "tuple of one": ("NM_021803.4",),
    "set": set(il21),
    "frozenset": frozenset(il21),
    "line ends": ["NM_021803.4\\n", "\\tNP_068575.1\\r\\n"],
    "unseen characters": ["\\ufeffNM_021803.4", "\\u00a0NP_068575.1\\u200b"],
    "missing": ["NM_021803.4", None, math.nan],
    "hgvs": ["NM_021803.4:c.1A>G"],
    "column": col("transcript"),
    "columns": [col("transcript")],
    "data frame": frame,
    "rows": frame.collect(),
    "bytes": [b"NM_021803.4"],
    "dict": {"NM_021803.4": 1},
    "keys": {"NM_021803.4": 1}.keys(),
    "generator": (one for one in il21),
}
try:
    import numpy as np

    cases |= {
        "short array": np.array(il21),
        "long array": np.array(many),
        "list of scalars": list(np.unique(il21)) if int(np.__version__.split(".")[0]) >= 2 else "[np.str_('NM_021803.4')]",
        "array.tolist()": np.array(il21).tolist(),
    }
except ImportError:
    cases |= {
        "short array": "['NM_021803.4' 'NP_068575.1']",
        "long array": "['NM_000000.1' 'NM_000001.1' 'NM_000002.1' ... 'NM_001997.1' 'NM_001998.1'\\n 'NM_001999.1']",
        "list of scalars": "[np.str_('NM_021803.4'), np.str_('NP_068575.1')]",
        "array.tolist()": il21,
    }
try:
    import pandas as pd

    cases |= {
        "short series": pd.Series(il21),
        "long series": pd.Series(many),
        "index": pd.Index(il21),
        "pandas frame": pd.DataFrame({"t": il21}),
        "list(series)": list(pd.Series(il21)),
    }
except ImportError:
    cases |= {
        "short series": "0    NM_021803.4\\n1    NP_068575.1\\ndtype: object",
        "long series": "0       NM_000000.1\\n1       NM_000001.1\\n           ...     \\n1999    NM_001999.1\\nLength: 2000, dtype: object",
        "index": "Index(['NM_021803.4', 'NP_068575.1'], dtype='object')",
        "pandas frame": "             t\\n0  NM_021803.4\\n1  NP_068575.1",
        "list(series)": il21,
    }
told = {}
for name, value in cases.items():
    try:
        genes = spark.read.format("ncbi-gene").option("accessions", value).load()
        told[name] = sorted(
            f"{row.accession} {row.symbol or row.code}"
            for row in genes.selectExpr("accession", "symbol", "warnings[0].code AS code").collect()
        )
    except Exception as error:
        told[name] = str(error).splitlines()[0]
try:
    frame.write.format("ncbi-gene").save()
except Exception as error:
    told["write"] = re.search(r"\\[NCBI_GENE_.*", str(error)).group()
with open("told.json", "w") as out:
    json.dump(told, out)
"""

BOTH = ["NM_021803.4 IL21", "NP_068575.1 IL21"]
PRINTED = "[NCBI_GENE_INVALID_IDENTIFIER] Option accessions holds the printed form of "
EXPECTED = {
    "list": BOTH,
    "tuple": BOTH,
    "tuple of one": BOTH[:1],
    "set": BOTH,
    "frozenset": BOTH,
    "line ends": BOTH,
    "unseen characters": BOTH,
    "missing": ["NM_021803.4 IL21", "None INVALID_ACCESSION", "nan INVALID_ACCESSION"],
    "hgvs": ["NM_021803.4:c.1A>G INVALID_ACCESSION"],
    "short array": BOTH,
    "array.tolist()": BOTH,
    "list(series)": BOTH,
}
REFUSED = {
    "column": "a column of a Spark DataFrame",
    "columns": "a column of a Spark DataFrame",
    "data frame": "a Spark DataFrame",
    "rows": "a list of Rows",
    "bytes": "a list of bytes",
    "dict": "a dict",
    "keys": "a dict",
    "generator": "an object",
    "long array": "a shortened array",
    "list of scalars": "a list of NumPy values",
    "short series": "a pandas Series",
    "long series": "a pandas Series",
    "index": "a pandas Index or array",
    "pandas frame": "a pandas DataFrame",
}


def test_what_python_users_pass(spark, service):
    spark.run("spark-submit", "--master", "local[2]", spark.script("identifiers.py", CASES))

    told = json.loads((spark.directory / "told.json").read_text())
    assert told.pop("write").startswith("[NCBI_GENE_READ_ONLY] The data source ncbi-gene is read-only")
    assert told.keys() == EXPECTED.keys() | REFUSED.keys()
    for name, rows in EXPECTED.items():
        assert told[name] == rows, name
    for name, what in REFUSED.items():
        assert told[name].startswith(f"{PRINTED}{what}, which is not a list of its entries: '"), name
        assert "'. Pass " in told[name], name
    # What holds nothing that can be sent makes no request, nor does what is refused.
    assert len(service.requests()) == sum(rows != EXPECTED["hgvs"] for rows in EXPECTED.values())
