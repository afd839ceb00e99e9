"""The bar of a read that runs."""

import pytest

from spark_ncbi_gene import genes, progress


class Bar:
    """Records what a bar shows."""

    made: list = []  # noqa: RUF012

    def __init__(self, total, unit, desc, leave):
        self.total, self.unit, self.n = total, unit, 0
        self.seen = []
        self.closed = False
        Bar.made.append(self)

    def refresh(self):
        self.seen.append((self.n, self.total))

    def close(self):
        self.closed = True


@pytest.fixture(autouse=True)
def none_made():
    Bar.made = []


@pytest.mark.sample
def test_identifiers_are_counted_on_a_classic_session(classic, service):
    ids = [f"NM_9{number:08}" for number in range(0, 2400, 2)]

    with progress(classic, bar=Bar):
        genes(classic, ids, batch_size=50, requests_per_second=4).collect()

    (bar,) = Bar.made
    assert bar.unit == " ids"
    assert bar.closed
    assert bar.seen[-1] == (1200, 1200)
    done = [n for n, _ in bar.seen]
    assert done == sorted(done)
    # It took six seconds, and the bar moved while it did.
    assert len(set(done)) >= 3


def test_tasks_are_counted_on_spark_connect(connect, service):
    with progress(connect, bar=Bar):
        genes(connect, ["NM_021803.4", "NM_000546.6"], batch_size=1, requests_per_second=1).collect()

    assert Bar.made
    assert all(bar.unit == " tasks" and bar.closed for bar in Bar.made)


def test_other_queries_show_no_bar(classic, service):
    with progress(classic, bar=Bar):
        classic.range(10).repartition(2).collect()

    assert Bar.made == []


def test_tqdm_itself(classic, service, capsys):
    with progress(classic):
        genes(classic, ["NM_021803.4", "NM_000546.6"], batch_size=1, requests_per_second=1).collect()

    assert "2/2" in capsys.readouterr().err
