"""Lists of identifiers in the forms that Python has them in, and what is none."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from spark_ncbi_gene import NcbiGeneError, genes, products

THOUSAND = [f"NM_9{number:08}" for number in range(0, 2000, 2)]
TWO = ["NM_021803.4", "NP_068575.1"]


def symbols(frame):
    return sorted((row.accession, row.symbol) for row in frame.select("accession", "symbol").collect())


FORMS = {
    "list": TWO,
    "tuple": tuple(TWO),
    "set": set(TWO),
    "frozenset": frozenset(TWO),
    "keys": dict.fromkeys(TWO).keys(),
    "generator": (accession for accession in TWO),
    "Series": pd.Series(TWO),
    "Series of strings, filtered": pd.Series(["x", *TWO], dtype="string")[1:],
    "categorical": pd.Series(TWO).astype("category"),
    "Index": pd.Index(TWO),
    "array": np.array(TWO),
    "array of bytes": np.array(TWO).astype("S"),
    "array of objects": np.array(TWO, dtype=object),
    "Arrow": pa.array(TWO),
    "Arrow in chunks": pa.chunked_array([[TWO[0]], [TWO[1]]]),
    "text": "NM_021803.4, NP_068575.1",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_list(classic, service, form):
    assert symbols(genes(classic, FORMS[form])) == [("NM_021803.4", "IL21"), ("NP_068575.1", "IL21")]
    assert service.identifiers() == TWO


@pytest.mark.parametrize("make", [pd.Series, np.array, list, tuple, set, pd.Index], ids=lambda make: make.__name__)
def test_long_lists_lose_nothing(spark, service, make):
    assert genes(spark, make(THOUSAND * 2)).select("accession").count() == 1000
    assert service.identifiers() == THOUSAND
    assert len(service.requests()) == 1


def test_a_file(classic, service, tmp_path):
    path = tmp_path / "accessions.txt"
    path.write_text("\n".join(TWO))

    assert symbols(genes(classic, path)) == symbols(genes(classic, str(path)))
    assert service.identifiers() == sorted(TWO * 2)


def test_hgvs_is_not_taken_for_a_file(classic, service):
    rows = genes(classic, "NM_021803.4, NP_000537.3:p.Arg175His").selectExpr("symbol", "warnings[0].code").collect()

    assert sorted(map(tuple, rows), key=str) == [("IL21", None), (None, "INVALID_ACCESSION")]
    assert service.identifiers() == ["NM_021803.4"]


@pytest.mark.sample
def test_gene_ids_and_symbols(spark, service):
    by_id = genes(spark, gene_ids=np.array([59067, 7157]))
    by_float = genes(spark, gene_ids=pd.Series([59067.0, None]).dropna())
    by_symbol = genes(spark, symbols=["TP53"], taxon="human")

    assert sorted(row.symbol for row in by_id.collect()) == ["IL21", "TP53"]
    assert [row.symbol for row in by_float.collect()] == ["IL21"]
    assert [row.gene_id for row in by_symbol.collect()] == [7157]
    assert len(service.requests()) == 3


def test_options_are_python_values(spark, service):
    found = products(spark, "NM_021803.4", accession_filter=["NM_021803.4"], push_down=False, batch_size=1, method=None)

    assert [row.transcript_accession for row in found.collect()] == ["NM_021803.4"]
    assert len(service.requests()) == 1


REFUSED = [
    (["NM_1.1", None], "Entry 1 of 'accessions' (counted from 0) is missing: None. Drop missing values, such as with"),
    (pd.Series(["NM_1.1", np.nan], index=["a", "b"]), "Entry 1 of 'accessions' (counted from 0) is missing: nan."),
    (pd.Series(["NM_1.1", pd.NA], dtype="string"), "Entry 1 of 'accessions' (counted from 0) is missing: <NA>."),
    ({float("nan")}, "An entry of 'accessions' is missing: nan."),
    ([["NM_1.1", "NM_2.1"]], "Entry 0 of 'accessions' (counted from 0) is a list, not an identifier: "),
    ([59067], "Entry 0 of 'accessions' (counted from 0) is a number: 59067. Give GeneIDs as gene_ids=[…]."),
    ([True], "Entry 0 of 'accessions' (counted from 0) is a bool, not an identifier: 'True'."),
    (np.array([["NM_1.1"]]), "'accessions' has 2 dimensions. Give one column of it."),
    (np.array("NM_1.1"), "'accessions' has 0 dimensions. Give one column of it."),
    (pd.DataFrame({"a": TWO}), "'accessions' is a DataFrame, not a list of identifiers. Give a list, or one column"),
    ({"a": "NM_1.1"}, "'accessions' is a dict, not a list of identifiers."),
    (b"NM_1.1", "'accessions' is a bytes, not a list of identifiers."),
    ([], "'accessions' is empty. Give at least one identifier."),
    (object(), "'accessions' is a object, not a list of identifiers. Give a list."),
]


@pytest.mark.parametrize(("ids", "message"), REFUSED, ids=lambda value: value[:60] if isinstance(value, str) else "")
def test_what_is_no_list_is_refused_with_its_place(classic, service, ids, message):
    with pytest.raises(NcbiGeneError) as refused:
        genes(classic, ids)

    assert refused.value.code == "NCBI_GENE_INVALID_IDENTIFIER"
    assert refused.value.message.startswith(message)
    assert service.requests() == []


def test_columns_of_spark_are_refused(spark, service):
    frame = spark.range(1)
    for ids in (frame, frame["id"]):
        with pytest.raises(NcbiGeneError, match=r"of Spark\. Put genes beside it with lookup\(df, \"column\"\)"):
            genes(spark, ids)
    assert service.requests() == []


def test_fractions_and_two_lists(classic):
    with pytest.raises(NcbiGeneError, match=r"Entry 0 of 'gene_ids' \(counted from 0\) is a fraction"):
        genes(classic, gene_ids=[1.5])
    with pytest.raises(NcbiGeneError, match=r"Both ids and accessions are given"):
        genes(classic, TWO, accessions=TWO)
