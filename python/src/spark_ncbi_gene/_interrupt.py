"""Cancels a session's jobs when Python is interrupted: PySpark raises KeyboardInterrupt, but the job goes on."""

from __future__ import annotations

import contextlib
import signal
import threading
import uuid
from types import FrameType
from typing import TYPE_CHECKING, Any

from . import _progress
from ._door import is_connect

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Jobs of other programs on the same server have other tags.
_TAG = f"spark-ncbi-gene-{uuid.uuid4()}"
_WAIT_SECONDS = 5.0
_LOOK_SECONDS = 0.02

_sessions: list[SparkSession] = []


def watch(spark: SparkSession) -> None:
    """Cancels the jobs that this thread starts from now on when Ctrl-C comes."""
    _sessions[:] = [known for known in _sessions if known is not spark and not _is_stopped(known)] + [spark]
    mark(spark)
    _handle_signal()


def mark(spark: SparkSession) -> None:
    """Marks the jobs that this thread starts, in a session that is watched.

    After an interrupt that is needed again: the thread gets another thread of the JVM.
    """
    if any(known is spark for known in _sessions):
        if is_connect(spark):
            spark.addTag(_TAG)
        else:
            spark.sparkContext.addJobTag(_TAG)


def sessions() -> list[SparkSession]:
    """The sessions that are watched and not stopped, the latest first."""
    return [spark for spark in reversed(_sessions) if not _is_stopped(spark)]


def cancel() -> None:
    """Cancels what the watched sessions' jobs still do, and waits until their tasks have ended: they send requests.

    By a thread of its own: this one's connection to the JVM may wait for the result of the job.
    """
    given_up = threading.Event()
    thread = threading.Thread(target=_cancel_all, args=(given_up,), name="spark-ncbi-gene-cancel", daemon=True)
    thread.start()
    thread.join(_WAIT_SECONDS)
    given_up.set()


def _cancel_all(given_up: threading.Event) -> None:
    for spark in sessions():
        # The session may be stopping, or its server be gone; then the job ends with it.
        with contextlib.suppress(Exception):
            if is_connect(spark):
                spark.interruptTag(_TAG)
            else:
                stages = _running_stages(spark)
                spark.sparkContext.cancelJobsWithTag(_TAG)
                _await_tasks(spark, stages, given_up)


def _running_stages(spark: SparkSession) -> list[int]:
    """The stages of the jobs that are to be cancelled."""
    context: Any = spark.sparkContext._jsc
    store, tracker = context.sc().statusStore(), context.sc().statusTracker()
    found = []
    for job in tracker.getJobIdsForTag(_TAG):
        data = store.job(job)
        if data.status().name() == "RUNNING":
            stages = data.stageIds()
            found += [stages.apply(index) for index in range(stages.size())]
    return found


def _await_tasks(spark: SparkSession, stages: list[int], given_up: threading.Event) -> None:
    """Waits until no task of these stages runs: Spark calls a job cancelled before its tasks have heard of it."""
    context: Any = spark.sparkContext._jsc
    store = context.sc().statusStore()
    for stage in stages:
        while store.lastStageAttempt(stage).numActiveTasks() > 0:
            if given_up.wait(_LOOK_SECONDS):
                return


def _forget_idle_connections() -> None:
    """Drops py4j's idle connections to the JVM; they are made again when needed.

    On KeyboardInterrupt py4j asks the JVM by each of them to end the interrupted one, and the JVM may then end the one
    that comes next as well: the program sees a Py4JNetworkError.
    """
    for spark in sessions():
        if not is_connect(spark):
            with contextlib.suppress(AttributeError):
                gateway: Any = spark.sparkContext._gateway
                gateway._gateway_client.deque.clear()


def _is_stopped(spark: Any) -> bool:
    return bool(getattr(spark, "is_stopped", False)) if is_connect(spark) else spark.sparkContext._jsc is None


def _handle_signal() -> None:
    """Goes before the handler of Ctrl-C; only the main thread may, and a program that ignores Ctrl-C stays so."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        return
    if getattr(before, "_ncbi_gene", False):
        return

    # PySpark's own would talk to the JVM by the connection that waits for the job's result, and break it.
    of_pyspark = str(getattr(before, "__module__", "")).startswith("pyspark")

    def handler(number: int, frame: FrameType | None) -> None:
        cancel()
        _progress.rest()
        _forget_idle_connections()
        if of_pyspark:
            raise KeyboardInterrupt
        before(number, frame)

    handler._ncbi_gene = True  # type: ignore[attr-defined]
    signal.signal(signal.SIGINT, handler)
