"""Ctrl-C in a script, and an interrupted cell of a real kernel: the job ends, and the session goes on."""

import os
import re
import signal
import sys
import tempfile
import time

import pytest
from conftest import TIMEOUT, VERSION, Process

SESSION = """
from spark_ncbi_gene import enable, genes
first = ["NM_9%08d" % number for number in range(0, 800, 2)]
second = ["NM_9%08d" % number for number in range(10000, 10030, 2)]
third = ["NM_9%08d" % number for number in range(2000000, 2000800, 2)]
slow = dict(batch_size=1, requests_per_second=5, base_url="BASE_URL")
"""
CLASSIC = """
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config(
    "spark.executor.heartbeatInterval", "500ms").getOrCreate()
"""
CONNECT = """
from pyspark.sql.connect.session import SparkSession
spark = SparkSession.builder.remote("REMOTE").create()
"""
SCRIPT = """
enable(spark)
print("ready", flush=True)
try:
    genes(spark, first, **slow).collect()
except KeyboardInterrupt:
    print("interrupted", flush=True)
print("after", genes(spark, second, **slow).count(), flush=True)
try:
    genes(spark, third, **slow).collect()
except KeyboardInterrupt:
    print("interrupted", flush=True)
print("at last", genes(spark, second, **slow).count(), flush=True)
"""


def ids(request):
    return request["path"] + (request["body"] or "")


def requests_of(service, start):
    return sum(start in ids(request) for request in service.requests())


def await_requests(service, start):
    """Looks at the stand-in's log, until some requests for these identifiers are in it."""
    end = time.monotonic() + TIMEOUT
    while requests_of(service, start) < 4:
        assert time.monotonic() < end


FIRST, THIRD = "NM_900000", "NM_902000"

AT_ALL_MOMENTS = """
import os, signal, threading, time
enable(spark)
# Two sessions share one context.
enable(spark.newSession())
reading = threading.Event()
def interrupt(seconds):
    reading.wait()
    time.sleep(seconds)
    os.kill(os.getpid(), signal.SIGINT)
for number in range(40):
    reading.clear()
    threading.Thread(target=interrupt, args=(number % 20 * 0.02,)).start()
    try:
        reading.set()
        genes(spark, first, **slow).repartition(2).collect()
    except KeyboardInterrupt:
        print("interrupted", number, flush=True)
    # A job of the program's own, by the connection that it has after an interrupt.
    assert spark.range(3).count() == 3
time.sleep(1)
print("running:", len(spark.sparkContext.statusTracker().getActiveJobsIds()), flush=True)
"""


@pytest.mark.parametrize("door", ["classic", "connect"])
def test_ctrl_c_in_a_script(request, service, tmp_path, door):
    kind = CLASSIC
    if door == "connect":
        kind = CONNECT.replace("REMOTE", request.getfixturevalue("connect_server"))
    script = tmp_path / "script.py"
    script.write_text(SESSION.replace("BASE_URL", service.base_url) + kind + SCRIPT)
    process = Process(sys.executable, script)
    try:
        process.await_line("ready")
        for start, then in ((FIRST, "after 15"), (THIRD, "at last 15")):
            await_requests(service, start)
            os.killpg(process.process.pid, signal.SIGINT)
            process.await_line("interrupted")
            before = requests_of(service, start)
            # That takes three seconds, in which a job that goes on would send fifteen requests.
            process.await_line(then)
            # Where the tasks have ended before Python goes on, none comes after; Spark 3.5 may miss the last.
            assert requests_of(service, start) <= before + (door == "connect" or VERSION < (4, 0))
    finally:
        process.close()


def test_ctrl_c_at_all_moments(service, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SESSION.replace("BASE_URL", service.base_url) + CLASSIC + AT_ALL_MOMENTS)
    process = Process(sys.executable, script)
    try:
        printed = process.rest()
        assert [int(number) for number in re.findall(r"interrupted (\d+)", printed)] == list(range(40)), printed
        assert "running: 0" in printed
    finally:
        process.close()


def test_a_notebook(service, tmp_path):
    from jupyter_client.manager import KernelManager

    with tempfile.TemporaryDirectory() as sockets:
        manager = KernelManager(kernel_name="python3", transport="ipc", ip=f"{sockets}/kernel")
        manager.start_kernel(cwd=str(tmp_path))
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=TIMEOUT)
            run(client, SESSION.replace("BASE_URL", service.base_url) + CLASSIC)
            run(client, "%load_ext spark_ncbi_gene")
            error, shown = run(client, "genes(spark, ['NM_000000.0'], mode='FAILFAST', **slow).collect()")
            assert error["traceback"] == ["NcbiGeneError: " + error["evalue"]]
            assert error["evalue"].startswith("[NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'NM_000000.0'")
            assert len(error["evalue"]) < 300

            error, _ = run(client, "1 / 0")
            assert error["ename"] == "ZeroDivisionError"
            assert len(error["traceback"]) > 1

            for _ in range(3):
                service.reset()
                running = client.execute("genes(spark, first, **slow).collect()")
                await_requests(service, FIRST)
                # The bar comes with the executors' heartbeats, whenever these come.
                await_shown(client, running, "/400")
                manager.interrupt_kernel()
                error, shown = end_of(client, running)
                assert error["ename"] == "KeyboardInterrupt", "\n".join(error["traceback"])
                before = requests_of(service, FIRST)
                error, shown = run(client, "print('after', genes(spark, second, **slow).count())")
                assert error is None
                assert "after 15" in shown
                assert "15/15" in shown
                assert requests_of(service, FIRST) <= before + (VERSION < (4, 0))
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def run(client, code):
    return end_of(client, client.execute(code))


def await_shown(client, message, text):
    """Reads what a running cell prints, until it has printed this text."""
    shown = ""
    while text not in shown:
        told = client.get_iopub_msg(timeout=TIMEOUT)
        if told["parent_header"].get("msg_id") == message:
            assert told["msg_type"] != "error", told["content"]
            shown += str(told["content"].get("text", "")) + str(told["content"].get("data", ""))


def end_of(client, message):
    """The error of a cell, if it has one, and what the cell has printed."""
    error, shown = None, ""
    while True:
        told = client.get_iopub_msg(timeout=TIMEOUT)
        if told["parent_header"].get("msg_id") != message:
            continue
        content = told["content"]
        if told["msg_type"] == "error":
            error = content
        elif told["msg_type"] == "stream":
            shown += content["text"]
        elif told["msg_type"] in ("display_data", "execute_result"):
            shown += str(content["data"])
        elif told["msg_type"] == "status" and content["execution_state"] == "idle":
            return error, shown
