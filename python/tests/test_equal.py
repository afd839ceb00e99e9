"""The data source in pure Python beside the jar's: the same columns and rows, whatever the service does."""

import re
from pathlib import Path

import pytest
from conftest import VERSION, Process, Service, java

from spark_ncbi_gene import NcbiGeneError, genes, products, short_errors

if VERSION < (4, 0):
    pytest.skip("Spark 3.5 takes no data sources in Python", allow_module_level=True)

ROOT = Path(__file__).parents[2]
RECORDED = ROOT.parent / "shared/real"
WELL_KNOWN = ROOT / "testkit/src/main/resources/io/github/sparkncbigene/testkit/well-known-genes.json"
ACCESSION = r"\b(?:[NX][MRP]_\d+(?:\.\d+)?|ENS[TP]\d{11}(?:\.\d+)?)"
SYNTHETIC = [f"NM_9{number:08}" for number in range(0, 20000, 2)]
READS = {"gene": genes, "product": products}

# Of each kind, what people have besides accessions that NCBI serves.
UNKNOWN = [
    "NM_000000.0",
    "WP_000000001.1",
    "NG_000001.1",
    "NC_000001.11",
    "ENSG00000141510",
    "rs7412",
    "RCV000012345",
    "COSM476",
    "CCDS1.1",
    "LRG_1",
    "GCF_000001405.40",
    "GO_0006281",
    "c.1A>G",
    "genes.txt",
    "NM021803",
    "P04637",
    "U12345",
    "AB123456.1",
    "AAA12345",
    "ABCD01000001",
    "b0001",
    "BRCA1",
    "nm_021803.4",
    "np_068575",
    "x-y",
]
MALFORMED = [
    "NM_021803.4:c.1A>G",
    "59067",
    "59067.0",
    "GeneID:59067",
    "HGNC:11998",
    "GO:0006281",
    "https://example.org/NM_021803.4",
    "/data/accessions.txt",
    "chr1:1000-2000",
    ">NM_021803.4 IL21",
    "ref|NM_021803.4|",
    "nan",
    "None",
    "n/a",
    "NM_021803.4 and more",
    "NM_021803.4;NP_068575.1",
    "NM_021803,4",
    "Größe",
    "___",
    "x" * 101,
    "tab\tinside NM_021803.4",
    "line\u2028break",
    "\u200bNM_000546.6\ufeff",
    "bell\u0007",
]


def well_known():
    """All accessions of the well-known genes of the stand-in."""
    return sorted(set(re.findall(ACCESSION, WELL_KNOWN.read_text(encoding="utf-8"))))


def recorded():
    """All accessions of the recorded reports, and the directory that they are in."""
    found = set()
    for path in sorted(RECORDED.rglob("*.json*")):
        found.update(re.findall(ACCESSION, path.read_text(encoding="utf-8")))
    return sorted(found)


def on(service, **options):
    return {"base_url": service.base_url, "requests_per_second": "0", "retry_wait": "1ms", **options}


def shown(frame):
    """The rows as text; ids of requests differ from run to run."""
    return sorted(re.sub(r"\(request id [^)]*\)", "", str(row)) for row in frame.collect())


def compare(classic, pure, read, ids, options):
    """The rows of both, which must be the same, under the same columns."""
    java, python = read(classic, ids, **options), read(pure, ids, **options)
    expected = shown(java)
    assert python.schema == java.schema
    found = shown(python)
    assert len(found) == len(expected)
    for ours, theirs in zip(found, expected):
        assert ours == theirs
    return expected


def errors(session, read, ids, options):
    with pytest.raises(NcbiGeneError) as error, short_errors():
        read(session, ids, **options).collect()
    return error.value.code, re.sub(r" \(request id [^)]*\)", "", error.value.message)


@pytest.mark.parametrize("report", READS)
@pytest.mark.sample
def test_well_known_genes_and_what_is_none(classic, pure, service, report):
    for mode in ("PERMISSIVE", "DROPMALFORMED"):
        ids = [*well_known(), *UNKNOWN, *MALFORMED]
        assert len(compare(classic, pure, READS[report], ids, on(service, mode=mode))) >= 100


@pytest.mark.parametrize("report", READS)
def test_synthetic_genes(classic, pure, service, report):
    rows = compare(classic, pure, READS[report], SYNTHETIC[:1000], on(service))
    assert len(rows) == 1000 if report == "gene" else len(rows) > 3000


@pytest.mark.long
@pytest.mark.parametrize("report", READS)
def test_10000_synthetic_genes(classic, pure, service, report):
    rows = compare(classic, pure, READS[report], SYNTHETIC, on(service))
    assert len(rows) == 10_000 if report == "gene" else len(rows) > 30_000


@pytest.mark.parametrize("report", READS)
def test_other_identifiers(classic, pure, service, report):
    read = READS[report]
    ids = {
        "gene_ids": [59067, 7157, 999999999, 672],
        "locus_tags": ["b0001", "b0002", "nonsense", "NM_021803.4"],
        "symbols": ["TP53", "IL21", "nonsense", "p53", "NM_021803.4", "nan"],
    }
    for name, values in ids.items():
        taxon = {"taxon": "human"} if name == "symbols" else {}
        compare(classic, pure, read, None, on(service, **{name: values}, **taxon))
    texts = {"gene_ids": "59067.0, BRCA1 0 2147483648 NM_021803.4 -1", "locus_tags": '["a b", "c,d", "b0001"]'}
    for name, text in texts.items():
        compare(classic, pure, read, None, on(service, **{name: text}))
    compare(classic, pure, read, None, on(service, symbols='["TP53", "None", "a,b"]', taxon="human"))


SHOWN = ("accession", "symbol", "transcript_accession", "protein_accession", "transcript_length")


@pytest.mark.parametrize("rows", [pytest.param("gene", marks=pytest.mark.long), "transcript", "protein"])
def test_rows_of_transcripts_and_proteins(classic, pure, service, rows):
    versions = ["NM_021803", "NP_068575", "NM_021803.3", "NM_007294.3", "NM_0218", "NM_021803."]
    ids = [*well_known(), *versions, *UNKNOWN, *MALFORMED, *SYNTHETIC[:30]]
    for mode in ("PERMISSIVE", "DROPMALFORMED"):
        options = on(service, accession_rows=rows, mode=mode, batch_size="60", page_size="20")
        found = compare(classic, pure, products, ids, options)
        assert len(found) > 40
        # Of these columns alone, the jar's source requests a table.
        compare(classic, pure, lambda *given, **of: products(*given, **of).select(*SHOWN), ids, options)
        held = {kind for kind in ("transcript", "protein") for row in found if f"report holds no {kind} " in row}
        assert held == ({rows} - {"gene"} if mode == "PERMISSIVE" else set())


@pytest.mark.parametrize("list_", ["['NM_021803.4', 'NP_068575.1']", "('NM_021803.4',)", "{'a\\'b', \"NM_021803.4\"}"])
def test_lists_as_python_prints_them(classic, pure, service, list_):
    compare(classic, pure, genes, None, on(service, accessions=list_))


TABLES = {
    "gene": [
        "accession,gene-id,symbol,annotation-assembly-accession,annotation-genomic-range-accession,synonyms",
        "gene-id,go-bp-id,group-id,tax-name,gene-type,rna-type",
        "accession,annotation-release-date,ref-standard-gene-range-range-start,genomic-region-gene-range-accession",
        "symbol",
    ],
    "product": [
        "accession,gene-id,transcript-accession,transcript-genomic-location-exon-start,transcript-protein-length",
        "transcript-protein-mat-peptide-accession,transcript-cds-range-start,symbol,transcript-select-category",
    ],
}


@pytest.mark.parametrize("report", READS)
def test_tabular_reads(classic, pure, service, report):
    ids = [*[one for one in well_known() if one.startswith("NM_")][:40], "NM_000000.0", "59067", *SYNTHETIC[:20]]
    for fields in TABLES[report]:
        compare(classic, pure, READS[report], ids, on(service, table_fields=fields, page_size="20", batch_size="30"))
    formats = ["summary", "gene-ontology"] if report == "gene" else ["summary"]
    for name in formats:
        compare(classic, pure, READS[report], ids, on(service, table_format=name))


def test_errors_are_the_same(classic, pure, service):
    reads = [
        (["NM_000000.0"], {"mode": "FAILFAST"}),
        (["WP_000000001.1"], {"mode": "FAILFAST"}),
        (["NM_021803.4", "59067"], {"mode": "FAILFAST"}),
        (None, {"symbols": ["nonsense"], "taxon": "human", "mode": "FAILFAST"}),
        (None, {"accessions": "['NM_021803.4"}),
        (None, {"accessions": '["a" "b"'}),
        (None, {"accessions": "0    NM_021803.4\n1    NM_000546.6\nName: a, dtype: object"}),
        (None, {"accessions": "Column<'transcript'>"}),
        (None, {"accessions": "['NM_021803.4' ... 'NM_000546.6']"}),
        (None, {"symbols": ["IL21"]}),
        (["NM_021803.4"], {"gene_ids": [1]}),
        (["NM_021803.4"], {"table_fields": "symbol", "table_format": "summary"}),
        (["NM_021803.4"], {"report": "product", "table_format": "gene-ontology"}),
        (["NM_021803.4"], {"table_fields": "symbol,symbol"}),
        (["NM_021803.4"], {"report": "product", "accession_rows": "protein", "mode": "FAILFAST"}),
        (["NM_021803.4"], {"accession_rows": "transcript"}),
        (["NM_021803.4"], {"report": "product", "accession_rows": "protein", "table_fields": "symbol"}),
        (["NM_021803.4"], {"report": "product", "accession_rows": "protein", "table_format": "summary"}),
    ]
    for ids, options in reads:
        java = errors(classic, genes, ids, on(service, **options))
        assert errors(pure, genes, ids, on(service, **options)) == java
    service.faults({"fault": "status", "status": 404, "always": True})
    java = errors(classic, genes, ["NM_021803.4"], on(service))
    assert errors(pure, genes, ["NM_021803.4"], on(service)) == java


FAULTS = [
    {"fault": "status", "status": 503, "next": 2},
    {"fault": "status", "status": 408, "next": 1},
    {"fault": "status", "status": 413, "above": 3},
    {"fault": "status", "status": 504, "above": 3},
    {"fault": "status", "status": 400, "above": 3},
    {"fault": "status", "status": 400, "next": 1},
    {"fault": "too-many-requests", "retry_after": 1, "next": 1},
    {"fault": "html", "next": 1},
    {"fault": "html", "status": 503, "next": 1},
    {"fault": "empty-body", "next": 1},
    {"fault": "content-type", "type": "text/plain", "always": True},
    {"fault": "no-answer", "above": 3},
    {"fault": "reset", "next": 1},
    {"fault": "reset-mid-body", "next": 1},
    {"fault": "close-mid-body", "next": 1},
    {"fault": "truncated-gzip", "next": 1},
    {"fault": "cut-body", "next": 1},
    {"fault": "concatenated-body", "next": 1},
    {"fault": "appended", "text": "garbage", "next": 1},
    {"fault": "stalled-body", "above": 3},
    {"fault": "slow-body", "bytes": 4000, "pause_ms": 1, "next": 1},
    {"fault": "repeated-token", "next": 1},
    {"fault": "expired-token", "next": 1},
    {"fault": "foreign-token", "next": 1},
    {"fault": "duplicate-report", "always": True},
    {"fault": "wrong-total-count", "count": 5000, "next": 2},
    {"fault": "wrong-total-count", "count": 1, "always": True},
    {"fault": "unknown-members", "always": True},
    {"fault": "unknown-enums", "always": True},
    {"fault": "deep-nesting", "depth": 500, "always": True},
    {"fault": "huge-report", "bytes": 3000000, "always": True},
    {"fault": "gzip-bomb", "bytes": 3000000, "next": 1},
    {"fault": "body", "text": '{"genes":[]}', "next": 1},
    {"fault": "body", "text": '{"error":"x","message":"y"}', "next": 1},
    {"fault": "body", "text": '{"reports":5}', "next": 1},
    {"fault": "body", "text": '{"reports":[5]}', "next": 1},
    {"fault": "body", "text": "[]", "next": 1},
    {"fault": "error-in-messages", "message": "backend trouble", "next": 1},
    {"fault": "error-in-reports", "message": "backend trouble", "next": 1},
    {"fault": "missing-report", "next": 1},
    {"fault": "crossed-answer", "next": 1},
    {"fault": "unasked-reports", "next": 1},
]
IDS = ["NM_021803.4", "NM_021803.3", "NM_021803", "NP_068575.1", "NM_000546.6", "NM_007294.4", "NM_000000.0", "59067"]


@pytest.mark.parametrize(
    "fault",
    [pytest.param(one, marks=[] if number % 6 == 0 else pytest.mark.long) for number, one in enumerate(FAULTS)],
    ids=lambda fault: "-".join(str(value) for value in fault.values())[:60],
)
def test_faults(classic, pure, service, fault):
    options = on(service, response_timeout="2s", page_size="2")
    found = []
    for session in (classic, pure):
        service.reset()
        service.faults(fault)
        found.append(shown(genes(session, IDS, **options)))
    assert found[1] == found[0]
    assert sum("59067" in row for row in found[0]) > 1


SWITCHES = [
    "queryEcho=WITHOUT_VERSION",
    "queryEcho=OMITTED",
    "queryEcho=SYMBOLS_IN_CAPITALS",
    "supersededVersion=MISSING",
    "supersededVersion=CURRENT_WITH_WARNING",
    "unknownIds=NAMED",
    "unknownIds=IN_REPORTS",
    "keyCase=CAMEL",
    "keyOrder=SORTED",
    "jsonLayout=PRETTY",
]


@pytest.mark.long
@pytest.mark.parametrize("switch", SWITCHES)
def test_what_is_not_known_of_the_service(classic, pure, switch):
    import spark_ncbi_gene_standin

    process = Process(java(), "-jar", spark_ncbi_gene_standin.jar(), "--port", "0", "--set", switch)
    try:
        service = Service(process.await_line(r"Listening on (\S+)").group(1))
        ids = [*IDS, *well_known()[:100], "NM_000546.5", "NM_000546.1"]
        for read in (genes, products):
            compare(classic, pure, read, ids, on(service, batch_size="60"))
        compare(classic, pure, genes, None, on(service, symbols=["TP53", "p53", "tp53", "nonsense"], taxon="human"))
        compare(classic, pure, genes, None, on(service, gene_ids=[59067, 7157, 999999999]))
    finally:
        process.close()


@pytest.mark.long
@pytest.mark.skipif(not RECORDED.is_dir(), reason=f"There are no recorded answers in {RECORDED}")
@pytest.mark.parametrize("report", READS)
def test_recorded_genes(classic, pure, report):
    import spark_ncbi_gene_standin

    jar = spark_ncbi_gene_standin.jar()
    process = Process(java(), "-jar", jar, "--port", "0", "--reports", RECORDED, "--no-well-known")
    try:
        service = Service(process.await_line(r"Listening on (\S+)").group(1))
        ids = recorded()
        rows = compare(classic, pure, READS[report], ids, on(service))
        assert sum("NOT_FOUND" not in row for row in rows) > 20
    finally:
        process.close()


@pytest.mark.parametrize("size", ["list", "tuple", "set"])
def test_the_package_of_the_worker_is_not_needed(pure, service, size):
    kinds = {"list": list, "tuple": tuple, "set": set}
    assert genes(pure, kinds[size](IDS), **on(service)).count() == len(IDS)


# Options whose every text is a value.
ANY_TEXT = {"accessions", "locus_tags", "gene_ids", "symbols", "api_key"}


def test_every_option_of_the_jar_is_taken_or_named(pure, service):
    page = (ROOT / "docs/options.md").read_text(encoding="utf-8")
    options = {line.split("|")[1].strip(" `") for line in page.splitlines() if line.startswith("| `")}
    assert len(options) > 45
    taken = set()
    for name in sorted(options - ANY_TEXT):
        # The address of another machine, and a value that no option has.
        given = {"base_url": service.base_url, "accessions": "NM_021803.4", name: "%"}
        with pytest.raises(NcbiGeneError) as error, short_errors():
            pure.read.format("ncbi-gene").options(**given).load().collect()
        assert name in error.value.message
        assert error.value.code != "NCBI_GENE_UNKNOWN_OPTION"
        if "is not one of the data source in pure Python" not in error.value.message:
            taken.add(name)
    documented = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    assert {name for name in (*taken, *ANY_TEXT) if f"`{name}`" not in documented} == set()
    assert len(taken) >= 16
    assert service.requests() == []
