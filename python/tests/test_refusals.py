"""How many requests the data source in pure Python needs to find identifiers that the service refuses."""

import random
from types import SimpleNamespace

import pytest
from conftest import VERSION

if VERSION < (4, 0):
    pytest.skip("Spark 3.5 takes no data sources in Python", allow_module_level=True)

from spark_ncbi_gene._pure.rows import Batches
from spark_ncbi_gene._pure.service import RequestFailure
from spark_ncbi_gene._pure.texts import GeneError

BATCH = [f"NM_{number:09}.1" for number in range(1000)]


def requests(refused, named):
    """The requests for a batch, on a service that refuses some of it and has answered before."""
    batches = Batches.__new__(Batches)
    batches._succeeded, batches._refused, batches._spec = True, 0, SimpleNamespace(taxon=None)
    waiting, found, count = [BATCH], [], 0
    while waiting:
        batch = waiting.pop()
        count += 1
        bad = [one for one in batch if one in refused]
        if bad:
            said = f"Invalid: {', '.join(bad)}" if named else "Bad request"
            parts = batches._divide(batch, RequestFailure("refused", GeneError("REQUEST_REFUSED", said), said))
            waiting += parts
            found += [] if parts else batch
    assert sorted(found) == sorted(refused)
    return count


# The jar's search needs 16 and 37 on average: RefusalSearchTest. Of named ones it needs as many.
@pytest.mark.parametrize(
    ("refused", "named", "mean", "most"),
    [(1, False, 21, 21), (3, False, 52, 56), (1, True, 3, 3), (3, True, 5, 5)],
)
def test_refused_identifiers_take_few_requests(refused, named, mean, most):
    counts = [requests(set(random.Random(seed).sample(BATCH, refused)), named) for seed in range(50)]

    assert sum(counts) / len(counts) <= mean
    assert max(counts) <= most
