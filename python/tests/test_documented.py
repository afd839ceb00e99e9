"""The samples of the pages on this package: run from top to bottom, they print what stands below them."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from spark_ncbi_gene import standin

ROOT = Path(__file__).parents[2]

# A heading, or a block with its language.
PART = re.compile(r"^(#+ [^\n]*)$|^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)

# Sections whose samples are for another session than a classic one with the jar.
SESSIONS = {"## Where no jar may go": "pure"}


def samples(page):
    """The samples in Python of each section, each with what the page says that it prints, or None."""
    sections = {}
    for heading, language, text in PART.findall((ROOT / page).read_text(encoding="utf-8")):
        if heading:
            sections[heading] = section = []
        elif language == "python":
            section.append([text, None])
        elif language == "text" and section:
            section[-1][1] = text
    return {heading: section for heading, section in sections.items() if section}


PAGES = {page: samples(page) for page in ("docs/python.md", "python/README.md")}


def test_no_section_is_forgotten():
    assert SESSIONS.keys() <= PAGES["docs/python.md"].keys()
    assert [sum(map(len, sections.values())) for sections in PAGES.values()] == [6, 1]


@pytest.mark.parametrize(
    ("page", "kind"),
    [("docs/python.md", "classic"), ("docs/python.md", "pure"), ("python/README.md", "classic")],
)
@pytest.mark.sample
def test_samples_print_what_stands_below_them(request, service, page, kind):
    names = {"spark": request.getfixturevalue(kind)}
    for heading, section in PAGES[page].items():
        if SESSIONS.get(heading, "classic") != kind:
            continue
        for text, shown in section:
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile(text, f"{page}, {heading}", "exec"), names)
            if shown is not None:
                assert out.getvalue().strip() == shown.strip(), text
    assert service.requests()


# The genes that the samples of docs/which-identifier.md find.
FOUND = {
    "## RefSeq transcripts": {59067, 7157},
    "## RefSeq proteins": {59067, 7157},
    "## Ensembl transcripts or proteins": {7157},
    "## Variants in HGVS": {59067, 7157},
    "## GeneIDs": {59067, 7157},
    "## Symbols": {59067, 7157},
    "## Symbols of several organisms": {7157, 22059},
    "## Locus tags": {944742, 945803},
    "## Ensembl genes": {59067, 7157},
    "## UniProt accessions": {59067, 7157},
    "## Ids of HGNC, MGI or OMIM": {59067, 7157},
    "## Positions": {59067, 7157},
}


@pytest.mark.sample
def test_each_kind_of_identifier_finds_its_genes(classic, tmp_path):
    page = "docs/which-identifier.md"
    names = {"spark": classic}
    found = {}
    with standin(classic, genes=200) as service:
        for heading, section in samples(page).items():
            for text, _ in section:
                code = text.replace('"human_', f'"{tmp_path}/human_')
                if heading in FOUND:
                    assert len(text.strip().splitlines()) == 2, heading
                exec(compile(code, f"{page}, {heading}", "exec"), names)
            if heading in FOUND:
                before = len(service.requests)
                gene = "ncbi_gene_id" if "ncbi_gene_id" in names["found"].columns else "gene_id"
                found[heading] = {row[0] for row in names["found"].select(gene).collect()}
                if list(FOUND).index(heading) > 7:
                    assert len(service.requests) == before, heading
    assert found == FOUND
