"""Which texts can be identifiers, and what the others look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .texts import GeneError, holds_blank, is_control, quoted, strip


@dataclass(frozen=True)
class Kind:
    """A kind of identifier: the option that lists it, its name for people, its column, its path in URLs."""

    option: str
    words: str
    column: str
    path: str


KINDS = {
    "accessions": Kind("accessions", "accession", "accession", "accession"),
    "gene_ids": Kind("gene_ids", "GeneID", "gene_id", "id"),
    "locus_tags": Kind("locus_tags", "locus tag", "locus_tag", "locus_tag"),
    "symbols": Kind("symbols", "symbol", "symbol", "symbol"),
}
INVALID_CODES = {
    "accessions": "INVALID_ACCESSION",
    "gene_ids": "INVALID_GENE_ID",
    "locus_tags": "INVALID_LOCUS_TAG",
    "symbols": "INVALID_SYMBOL",
}

_LONGEST = 100
_LONGEST_SYMBOL = 1000
# Of a list of the wrong kind, not all places are remembered.
_MOST_PLACES = 1000
_MISSING = {"nan", "none", "null", "na", "n/a", "#n/a", "<na>", "nat", "nil", "undefined", "missing"}
# There is a fly gene nan, and a gene may be called NA.
_MISSING_SYMBOL = {"None", "NaN", "null", "NULL", "<NA>", "NaT", "#N/A"}
_ACCESSION = r"(?:(?:[NX][MRP]|[AWY]P|NG|NC)_\d{3,12}|ENS[A-Z]{0,4}[TP]\d{11})(?:\.\d+)?"
_ACCESSION_INSIDE = re.compile(f"(?<![A-Za-z0-9_]){_ACCESSION}(?![A-Za-z0-9_])", re.ASCII)
_GENE_OF = "Give a transcript or protein accession of the gene, such as NM_021803.4"
_NO_SERVICE = ", which NCBI's gene service does not serve"

# Forms of accessions that the gene service is not known to serve.
_NOT_SERVED = (
    (
        r"WP_\d+(\.\d+)?",
        f"looks like a RefSeq non-redundant protein{_NO_SERVICE}. Use locus_tags, or gene_ids",
    ),
    (
        r"(NG|NC|NT|NW|AC|NZ)_[A-Z0-9]+(\.\d+)?",
        f"looks like a RefSeq genomic sequence{_NO_SERVICE}. {_GENE_OF}",
    ),
    (
        r"ENS[A-Z]*G\d+(\.\d+)?",
        f"looks like an Ensembl gene{_NO_SERVICE}. Give an Ensembl transcript or protein (ENST, ENSP), or use symbols"
        " with taxon",
    ),
    (r"(rs|ss)\d+", f"looks like a dbSNP variant. {_GENE_OF}"),
    (r"(RCV|VCV|SCV)\d+(\.\d+)?", f"looks like a ClinVar record. {_GENE_OF}"),
    (r"COS[MV]\d+", f"looks like a COSMIC variant. {_GENE_OF}"),
    (r"CCDS\d+(\.\d+)?", f"looks like a CCDS id{_NO_SERVICE}. {_GENE_OF}"),
    (r"LRG_\d+\w*", f"looks like an LRG id{_NO_SERVICE}. {_GENE_OF}"),
    (r"GC[AF]_\d+(\.\d+)?", f"looks like a genome assembly. {_GENE_OF}"),
    (r"GO_\d+", f"looks like a Gene Ontology term. {_GENE_OF}"),
    (r"[cgmnpr]\..*", "looks like HGVS without its accession. Give the accession before the colon"),
    (r".*\.(txt|csv|tsv|list|gz|bed|vcf|xlsx?)", "looks like a file. Use accessions_path"),
    (
        r"[NX][MRP]-?\d{5,}(\.\d+)?",
        "looks like a RefSeq accession without its underscore. Give it as NM_021803.4",
    ),
    (
        r"[OPQ]\d[A-Z0-9]{3}\d(-\d+)?|[A-NR-Z]\d([A-Z][A-Z0-9]{2}\d){1,2}(-\d+)?",
        f"looks like a UniProt accession{_NO_SERVICE}. {_GENE_OF}",
    ),
    (
        r"[A-Z]\d{5}(\.\d+)?|[A-Z]{2}(\d{6}|\d{8})(\.\d+)?|[A-Z]{3}(\d{5}|\d{7})(\.\d+)?|[A-Z]{4,6}\d{8,10}(\.\d+)?",
        f"looks like a GenBank accession{_NO_SERVICE}. Give the RefSeq accession of the gene's transcript or protein",
    ),
    (
        r"[A-Za-z]+\d{4,}|[A-Za-z][A-Za-z0-9]*_[A-Za-z]*\d+",
        "looks like a locus tag or a symbol. Use locus_tags, or symbols with taxon",
    ),
    (
        r"[A-Za-z][A-Za-z0-9]{1,14}(-[A-Za-z0-9]{1,8}){0,2}",
        "looks like a gene symbol. Use symbols with taxon",
    ),
)

# Forms of text that are not accessions.
_NO_ACCESSION = (
    (r"\d+(\.0*)?", "looks like a GeneID. Use gene_ids"),
    (r"(?i:(GeneID|NCBIGene|EntrezGene|Entrez):\d+)", "looks like a GeneID. Use gene_ids with the number alone"),
    (
        r"(?i:(HGNC|MGI|RGD|ZFIN|FlyBase|FB|WormBase|WB|SGD|VGNC|OMIM|MIM):.+)",
        "looks like an id of another database. Use symbols with taxon, or gene_ids",
    ),
    (r"(?i:GO:\d+)", f"looks like a Gene Ontology term. {_GENE_OF}"),
    (
        r"(?i:(https?|ftp|s3a?|gs|abfss?|hdfs|dbfs|file)://?.*|[./].*/.*|.*/.*\.\w{2,4})",
        "looks like an address or a path. Use accessions_path for a file of accessions",
    ),
    (
        r"(?i:(chr)?([0-9]{1,2}|X|Y|MT?):[0-9,]+(-[0-9,]+)?.*)",
        f"looks like a place in a genome. {_GENE_OF}",
    ),
    (r".*:[cgmnpr]\..*", "is HGVS. Give the part before the colon"),
    (r">.*", "looks like a header of FASTA. Give the accession alone"),
    (r"[^|]*\|.*", "looks like a header of FASTA. Give the accession alone"),
)


@dataclass
class Listed:
    """The identifiers of a list, each once and sorted, and where those stand that cannot be of its kind."""

    kind: Kind
    identifiers: list[str]
    places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: Kind, entries: Sequence[str]) -> Listed:
        """Sorts out the entries of a list."""
        found: set[str] = set()
        places: dict[str, str] = {}
        for number, text in enumerate(entries, start=1):
            fits = is_well_formed(kind, text)
            if not fits and len(places) < _MOST_PLACES:
                places.setdefault(text, f"entry {number} of {kind.option}")
            found.add(_gene_id(text) or text if fits and kind.option == "gene_ids" else text)
        return cls(kind, sorted(found), places)

    def why_invalid(self, text: str) -> str:
        """Says why an identifier is not sent."""
        place = self.places.get(text, "")
        article = "an accession" if self.kind.option == "accessions" else f"a {self.kind.words}"
        return (
            f"'{quoted(text)}'{f' ({place})' if place else ''} cannot be {article} and was not sent. It"
            f" {_why(self.kind, text)}."
        )

    def check(self) -> None:
        """Fails on the first identifier that cannot be sent."""
        for text in self.identifiers:
            if not is_well_formed(self.kind, text):
                raise GeneError(
                    "INVALID_IDENTIFIER",
                    f"{self.why_invalid(text)} Mode is FAILFAST: correct the entry, or read with mode PERMISSIVE to"
                    " get a row that says so, or DROPMALFORMED to get none.",
                )


def is_well_formed(kind: Kind, text: str) -> bool:
    """True if a text without white space around it can be an identifier of the kind."""
    if not text or _is_missing(kind, text):
        return False
    if kind.option == "accessions":
        return len(text) <= _LONGEST and re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9_.-]+", text) is not None
    if kind.option == "gene_ids":
        return _gene_id(text) is not None
    if "," in text or any(map(is_control, text)):
        return False
    if kind.option == "symbols":
        return len(text) <= _LONGEST_SYMBOL
    return len(text) <= _LONGEST and not holds_blank(text)


def not_served(kind: Kind, text: str) -> str:
    """One or two sentences about a well-formed identifier that looks wrong; empty if it looks right."""
    if kind.option != "accessions":
        return "It looks like an accession. Use accessions." if _is_accession(text) else ""
    if _is_served(text):
        return ""
    if text.upper() != text and _is_served(text.upper()):
        return f"It is written in lower case. Give {text.upper()}."
    return next((f"It {advice}." for form, advice in _NOT_SERVED if _fits(form, text)), "")


def _gene_id(text: str) -> str | None:
    """The GeneID of a text, with or without a decimal point, which columns with missing values print."""
    found = re.fullmatch(r"([0-9]{1,10})(?:\.0*)?", text)
    number = int(found.group(1)) if found else 0
    return str(number) if 0 < number < 2**31 else None


def _is_missing(kind: Kind, text: str) -> bool:
    if kind.option == "symbols":
        return text in _MISSING_SYMBOL
    return text.lower() in _MISSING


def _is_accession(text: str) -> bool:
    return _fits(_ACCESSION, text)


def _is_served(text: str) -> bool:
    return _is_accession(text) and not text.startswith(("WP_", "NG_", "NC_"))


def _fits(form: str, text: str) -> bool:
    return re.fullmatch(form, text, re.ASCII | re.DOTALL) is not None


def _why(kind: Kind, text: str) -> str:
    if not text:
        return "is empty. Drop it"
    if _is_missing(kind, text):
        return "looks like a missing value. Drop it, for example with dropna()"
    if kind.option == "gene_ids":
        if _is_accession(text):
            return "looks like an accession. Use accessions"
        if _fits("[A-Za-z][A-Za-z0-9-]*", text):
            return "looks like a gene symbol. Use symbols with taxon"
        return "is not a whole number from 0 to 2147483647. Give a number such as 59067"
    if kind.option == "accessions":
        for form, advice in _NO_ACCESSION:
            if _fits(form, text):
                return advice + _inside(text)
    longest = _LONGEST_SYMBOL if kind.option == "symbols" else _LONGEST
    if len(text) > longest:
        return f"is longer than {longest} characters. Give one {kind.words} an entry"
    if holds_blank(text):
        return f"holds white space. Give one {kind.words} an entry, or one a line of a file{_inside(text)}"
    separator = next((char for char in ",;" if char in text), None)
    if separator:
        return (
            f"holds '{separator}'. Give one {kind.words} an entry, separated by commas, or one a line of a"
            f" file{_inside(text)}"
        )
    odd = next((char for char in text if not re.fullmatch(r"[A-Za-z0-9_.-]", char)), None)
    holds = f"'{quoted(odd)}'" if odd else "no letter"
    return f"holds {holds}. Give letters, digits, '_', '.' and '-' only{_inside(text)}"


def _inside(text: str) -> str:
    """The accession to use instead, if the text contains one."""
    found = _ACCESSION_INSIDE.search(text)
    return f": {found.group()}" if found else ""


def stripped(entries: Sequence[str]) -> list[str]:
    """The entries without white space around them, without the empty ones."""
    return [entry for entry in map(strip, entries) if entry]
