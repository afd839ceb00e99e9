"""Cancels a session's jobs when Python is interrupted: PySpark raises KeyboardInterrupt, but the job goes on."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
import uuid
from types import FrameType
from typing import TYPE_CHECKING, Any

from ._door import is_connect

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_WAIT_SECONDS = 5.0
_LOOK_SECONDS = 0.02
# Longer than Spark plans a read of a million identifiers.
_LATE_SECONDS = 10.0
_LATE_LOOK_SECONDS = 0.1


def _new_tag() -> str:
    """Jobs of other programs on the same server have other tags."""
    return f"spark-ncbi-gene-{uuid.uuid4()}"


_sessions: list[SparkSession] = []
# The last one marks jobs; those before have been interrupted.
_tags = [_new_tag()]


def watch(spark: SparkSession) -> None:
    """Cancels the jobs that this thread starts from now on when Ctrl-C comes."""
    _sessions[:] = [known for known in _sessions if known is not spark and not _is_stopped(known)] + [spark]
    mark(spark)
    handle_signal()


def mark(spark: SparkSession) -> None:
    """Marks the jobs that this thread starts, in a session that is watched."""
    if any(known is spark for known in _sessions):
        if is_connect(spark):
            tags, add, remove = spark.getTags(), spark.addTag, spark.removeTag
        else:
            context = spark.sparkContext
            tags, add, remove = context.getJobTags(), context.addJobTag, context.removeJobTag
        for tag in set(tags).intersection(_tags[:-1]):
            remove(tag)
        add(_tags[-1])


def sessions() -> list[SparkSession]:
    """The sessions that are watched and not stopped, the latest first."""
    return [spark for spark in reversed(_sessions) if not _is_stopped(spark)]


def cancel() -> None:
    """Cancels what the watched sessions' jobs still do, and waits until their tasks have ended: they send requests.

    By a thread of its own: this one's connection to the JVM may wait for the result of the job.
    """
    interrupted = list(_tags)
    _tags.append(_new_tag())
    ended, given_up = threading.Event(), threading.Event()
    threading.Thread(
        target=_cancel_all, args=(interrupted, ended, given_up), name="spark-ncbi-gene-cancel", daemon=True
    ).start()
    ended.wait(_WAIT_SECONDS)
    given_up.set()


def _cancel_all(tags: list[str], ended: threading.Event, given_up: threading.Event) -> None:
    for spark in sessions():
        # The session may be stopping, or its server be gone; then the job ends with it.
        with contextlib.suppress(Exception):
            if is_connect(spark):
                for tag in tags:
                    spark.interruptTag(tag)
            else:
                stages = _running_stages(spark, tags)
                for tag in tags:
                    spark.sparkContext.cancelJobsWithTag(tag)
                _await_tasks(spark, stages, given_up)
    ended.set()
    # The interrupted thread's tag; earlier ones have had their time.
    _cancel_late(tags[-1])


def _cancel_late(tag: str) -> None:
    """Cancels jobs that have not started yet: the JVM goes on with a query that it plans at the interrupt."""
    end = time.monotonic() + _LATE_SECONDS
    with contextlib.suppress(Exception):
        while time.monotonic() < end:
            for spark in _classic():
                spark.sparkContext.cancelJobsWithTag(tag)
            time.sleep(_LATE_LOOK_SECONDS)


def _classic() -> list[SparkSession]:
    """The latest classic session, if there is one: all of them share one context and one connection."""
    return [spark for spark in sessions() if not is_connect(spark)][:1]


def _running_stages(spark: SparkSession, tags: list[str]) -> list[int]:
    """The stages of the jobs that are to be cancelled."""
    context: Any = spark.sparkContext._jsc
    store, tracker = context.sc().statusStore(), context.sc().statusTracker()
    found = []
    for job in (job for tag in tags for job in tracker.getJobIdsForTag(tag)):
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


def _renew_connection() -> None:
    """Gives this thread another connection to the JVM, with jobs that are marked: this one may wait for a result.

    On KeyboardInterrupt py4j asks the JVM to end such a connection, and the JVM then ends all connections that it has
    at that moment. The program's next one may be among them: it gets a Py4JNetworkError. Of a closed connection py4j
    asks nothing.
    """
    for spark in _classic():
        # The JVM may be gone; and without PySpark's pinned threads a connection belongs to no thread.
        with contextlib.suppress(Exception):
            gateway: Any = spark.sparkContext._gateway
            connection = gateway._gateway_client.get_thread_connection()
            if connection is not None:
                connection.close()
            mark(spark)


def _is_stopped(spark: Any) -> bool:
    return bool(getattr(spark, "is_stopped", False)) if is_connect(spark) else spark.sparkContext._jsc is None


def handle_signal() -> None:
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
        try:
            if of_pyspark:
                raise KeyboardInterrupt
            before(number, frame)
        except KeyboardInterrupt:
            _renew_connection()
            raise

    handler._ncbi_gene = True  # type: ignore[attr-defined]
    signal.signal(signal.SIGINT, handler)
