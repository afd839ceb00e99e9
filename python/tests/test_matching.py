"""Whether a response answers its request, in the data source without a jar."""

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("pyspark.sql.datasource")

from spark_ncbi_gene._pure.identifiers import KINDS
from spark_ncbi_gene._pure.matching import Matcher, ResponseCheck, WrongResponse
from spark_ncbi_gene._pure.pages import Match, Page


def page(*genes, total=None):
    matches = [Match([f"NM_{gene}.1"], rows=range(row, row + 1)) for row, gene in enumerate(genes)]
    return Page(matches, {}, [(gene, None) for gene in genes], total=total)


def check(*pages):
    response = ResponseCheck(Matcher(KINDS["accessions"], [f"NM_{number}.1" for number in range(1, 5)]), None)
    for number, one in enumerate(pages, 1):
        response.page(one, [[] for _ in one.matches], number == len(pages))


def test_all_pages_together_hold_what_the_first_counts():
    check(page(1, 2, total=4), page(3, 4))


def test_a_page_that_is_sent_twice_does_not_count_for_a_missing_one():
    with pytest.raises(
        WrongResponse, match="with the pages before it holds 3 of the 4 reports that total_count promises"
    ):
        check(page(1, 2, total=4), page(1, 2), page(3))
