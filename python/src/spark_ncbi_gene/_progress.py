"""A progress bar for reads that run: by identifiers on classic sessions, by tasks on Spark Connect."""

from __future__ import annotations

import re
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Callable, cast

from ._door import is_connect

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_INTERVAL_SECONDS = 0.5
_LONGEST_WAIT_MILLIS = 2000
# Of the latest executions; those that run are among them.
_EXECUTIONS = 20
_METRICS = "io.github.sparkncbigene.metrics."

Bar = Callable[..., Any]


@contextmanager
def progress(spark: SparkSession, bar: Bar | None = None) -> Iterator[None]:
    """Shows a progress bar for each read of NCBI while the block runs.

    On a classic session it moves with the executors' heartbeats, every 10 s unless ``spark.executor.heartbeatInterval``
    is set.

    :param spark: a session that :func:`enable` was given
    :param bar: makes a bar as tqdm does; tqdm itself if not given, nothing where it is not installed
    """
    shown = start(spark, bar)
    try:
        yield
    finally:
        if shown is not None:
            shown.stop()


def start(spark: SparkSession, bar: Bar | None = None) -> _Polling | _Listening | None:
    """Begins to show progress; None where there is no way to."""
    made = bar or _tqdm()
    if made is None:
        return None
    if not is_connect(spark):
        return _Polling(spark, made)
    return _Listening(spark, made) if hasattr(spark, "registerProgressHandler") else None


def _tqdm() -> Bar | None:
    try:
        with warnings.catch_warnings():
            # It warns where a notebook has no widgets, and shows text instead.
            warnings.simplefilter("ignore")
            from tqdm.auto import tqdm
    except ImportError:
        return None
    made: Bar = tqdm
    return made


class _Polling:
    """Looks at Spark's own figures of the queries that run."""

    def __init__(self, spark: SparkSession, bar: Bar) -> None:
        self._store: Any = spark._jsparkSession.sharedState().statusStore()
        self._events: Any = spark._jsparkSession.sparkContext().listenerBus()
        self._bar = bar
        self._bars: dict[int, Any] = {}
        self._metrics: dict[int, dict[str, list[int]]] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="spark-ncbi-gene-progress", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()
        for bar in self._bars.values():
            bar.close()

    def _run(self) -> None:
        # A session that stops meanwhile has nothing to show any more.
        try:
            while not self._ended.wait(_INTERVAL_SECONDS):
                self._look()
            # Spark's figures follow a query's end.
            self._events.waitUntilEmpty(_LONGEST_WAIT_MILLIS)
            self._look()
        except Exception:
            self._ended.set()

    def _look(self) -> None:
        count = self._store.executionsCount()
        executions = self._store.executionsList(max(0, count - _EXECUTIONS), _EXECUTIONS)
        for index in range(executions.size()):
            execution = executions.apply(index)
            number = execution.executionId()
            if execution.completionTime().isEmpty():
                self._update(number, execution)
            elif number in self._bars:
                self._update(number, execution)
                self._bars.pop(number).close()

    def _update(self, number: int, execution: Any) -> None:
        metrics = self._metrics.get(number) or self._of(execution)
        if not metrics["IdentifiersDone"]:
            return
        self._metrics[number] = metrics
        values = self._store.executionMetrics(number)
        done, total = (
            sum(_number(values, one) for one in metrics[name]) for name in ("IdentifiersDone", "IdentifiersRequested")
        )
        if total == 0:
            return
        bar = self._bars.get(number)
        if bar is None:
            bar = self._bars[number] = self._bar(total=total, unit=" ids", desc="NCBI", leave=True)
        bar.total = total
        bar.n = min(done, total)
        bar.refresh()

    @staticmethod
    def _of(execution: Any) -> dict[str, list[int]]:
        """The accumulators of the scans, by what they count."""
        found: dict[str, list[int]] = {"IdentifiersDone": [], "IdentifiersRequested": []}
        metrics = execution.metrics()
        for index in range(metrics.size()):
            metric = metrics.apply(index)
            _, ours, name = metric.metricType().partition(_METRICS)
            # A plan that has changed while it ran lists its scans again.
            if ours and name in found and metric.accumulatorId() not in found[name]:
                found[name].append(metric.accumulatorId())
        return found


def _number(values: Any, accumulator: int) -> int:
    """The sum that a metric's text starts with, such as ``12,000 (min 0, med …)``."""
    text = values.get(accumulator)
    found = re.match(r"[\d,]+", str(text.get())) if text.isDefined() else None
    return int(found.group().replace(",", "")) if found else 0


class _Listening:
    """Hears from the server how many tasks are done."""

    def __init__(self, spark: SparkSession, bar: Bar) -> None:
        self._spark: Any = spark
        self._bar = bar
        self._bars: dict[str | None, Any] = {}
        self._handler = cast(Any, self._told)
        self._spark.registerProgressHandler(self._handler)

    def stop(self) -> None:
        self._spark.removeProgressHandler(self._handler)
        for bar in self._bars.values():
            bar.close()

    def _told(self, stages: Iterable[Any] | None, inflight_tasks: int, operation_id: str | None, done: bool) -> None:
        known = list(stages or ())
        total = sum(stage.num_tasks for stage in known)
        bar = self._bars.get(operation_id)
        if bar is None:
            if total == 0 or done:
                return
            bar = self._bars[operation_id] = self._bar(total=total, unit=" tasks", desc="Spark", leave=True)
        if total > 0:
            bar.total = total
            bar.n = sum(stage.num_completed_tasks for stage in known)
        bar.refresh()
        if done:
            self._bars.pop(operation_id).close()
