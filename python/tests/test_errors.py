"""The text of errors, wherever the jar came from, and its short form."""

import os
import pickle
import re
import subprocess
import sys

import pytest

import spark_ncbi_gene
from spark_ncbi_gene import NcbiGeneError, genes, short_errors

NOT_FOUND = (
    "[NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'NM_000000.0', and mode is FAILFAST. Correct it, or"
    " read with mode PERMISSIVE to get a row that says so, or DROPMALFORMED to get none."
)


@pytest.mark.sample
def test_an_error_of_a_task_is_one_line(spark, service):
    with pytest.raises(NcbiGeneError) as short, short_errors():
        genes(spark, ["NM_000000.0"], mode="FAILFAST").collect()

    assert str(short.value) == NOT_FOUND
    assert short.value.code == "NCBI_GENE_NOT_FOUND"
    assert short.value.__cause__ is None
    assert short.value.__suppress_context__
    assert len(service.requests()) == 1


def test_an_error_with_causes_of_our_libraries(spark, service):
    service.faults({"fault": "reset", "every": 1})
    with pytest.raises(NcbiGeneError) as short, short_errors():
        genes(spark, ["NM_021803.4"], max_retries=0).collect()

    assert short.value.code == "NCBI_GENE_SERVICE_UNREACHABLE"
    assert "UnknownReason" not in str(short.value)


def test_an_error_of_an_option(spark, service):
    with pytest.raises(NcbiGeneError) as short, short_errors():
        genes(spark, ["NM_021803.4"], mod="FAILFAST").collect()

    assert short.value.code == "NCBI_GENE_UNKNOWN_OPTION"
    assert short.value.message.startswith("Option 'mod' is not known. Did you mean 'mode' or 'cache_mode'?")
    assert service.requests() == []


def test_other_errors_pass_unchanged(classic):
    with pytest.raises(ZeroDivisionError), short_errors():
        _ = 1 / 0
    with pytest.raises(Exception, match="nonsense") as other, short_errors():
        classic.sql("SELECT nonsense").collect()
    assert not isinstance(other.value, NcbiGeneError)


def test_an_error_that_somebody_raises_after_ours_passes_unchanged(spark, service):
    class PipelineError(Exception):
        pass

    def read(cause):
        try:
            genes(spark, ["NM_000000.0"], mode="FAILFAST").collect()
        except Exception as error:
            raise PipelineError("sample 12 failed") from (error if cause else None)

    for cause in (True, False):
        with pytest.raises(PipelineError, match="sample 12 failed"), short_errors():
            read(cause)


def test_errors_can_be_pickled():
    again = pickle.loads(pickle.dumps(NcbiGeneError("NCBI_GENE_NOT_FOUND", "No.")))

    assert (again.code, str(again)) == ("NCBI_GENE_NOT_FOUND", "[NCBI_GENE_NOT_FOUND] No.")


ADD_JAR = """
import sys
from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
spark.sql(f"ADD JAR '{sys.argv[1]}'")
genes = spark.read.format("ncbi-gene").option("base_url", sys.argv[2]).option("accessions", "NM_021803.4,NM_000000.0")
print("rows", len(genes.load().collect()))
try:
    genes.option("mode", "FAILFAST").load().collect()
except Exception as error:
    print("told", str(error).replace("\\n", " "))
    print("code", spark._jvm.io.github.sparkncbigene.error.ErrorCode.of(error.java_exception).get().name())
spark.stop()
"""


@pytest.mark.sample
def test_a_jar_added_by_sql_keeps_the_text_of_errors_and_warns_of_nothing(service, tmp_path):
    script = tmp_path / "added.py"
    script.write_text(ADD_JAR)

    done = subprocess.run(
        [sys.executable, script, spark_ncbi_gene.jar(), service.base_url],
        capture_output=True,
        text=True,
        timeout=180,
        env=os.environ,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    assert "rows 2" in done.stdout
    told = re.search("told .*", done.stdout).group()
    assert NOT_FOUND in told
    assert "UnknownReason" not in told
    assert "code NOT_FOUND" in done.stdout
    assert "Unable to load custom metric" not in done.stderr
    assert "could not be deserialized" not in done.stderr
