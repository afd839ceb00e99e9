"""What the connector counted while a query ran."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._door import is_connect
from ._errors import NcbiGeneError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# A metric that every scan of the connector has, and no other scan.
_OURS = "requestsPlanned"


def metrics(df: DataFrame) -> dict[str, int]:
    """The figures of the connector's scans, by the names of docs/metrics.md, as Spark's UI shows them::

        found = genes(spark, ["NM_021803.4", "NM_000546.6"])
        found.collect()
        metrics(found)["requests"]

    They add up over the scans of the query, and over all times that this DataFrame was collected. Empty where the
    query has no such scan.

    :param df: a DataFrame of a classic session, after it was collected; ``count()`` and ``show()`` run queries of
        their own
    :raises NcbiGeneError: on Spark Connect, whose clients do not see the plans that run
    """
    if is_connect(df):
        raise NcbiGeneError(
            "NCBI_GENE_CONFLICTING_OPTIONS",
            "Clients of Spark Connect do not see the metrics of scans. Look at them in Spark's UI.",
        )
    frame: Any = df
    counted: dict[str, int] = {}
    plans = [frame._jdf.queryExecution().executedPlan()]
    while plans:
        plan = plans.pop()
        kind = plan.getClass().getSimpleName()
        if kind == "AdaptiveSparkPlanExec":
            plans.append(plan.executedPlan())
        elif kind.endswith("QueryStageExec"):
            plans.append(plan.plan())
        elif plan.metrics().contains(_OURS):
            names = plan.metrics().keysIterator()
            while names.hasNext():
                name = names.next()
                counted[name] = counted.get(name, 0) + plan.metrics().apply(name).value()
        children = plan.children().iterator()
        while children.hasNext():
            plans.append(children.next())
    return counted
