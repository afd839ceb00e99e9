"""Executes the notebooks, and fails if one fails.

Executed copies and their pictures are left in target/. With --check they must show what is committed;
with --update the committed notebooks are written. Those of databricks/ are executed with a stand-in for what
Databricks provides, and must have written a Delta table.
"""

import argparse
import base64
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

HERE = Path(__file__).resolve().parent
TARGET = HERE / "target"
LOGS = TARGET / "logs"
LIVE = os.environ.get("NCBI_GENE_LIVE", "") not in ("", "0")

# For the notebooks' kernels.
os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable, TZ="UTC")

# What differs from run to run: Spark's numbers of expressions and plans, ports, durations, and addresses of objects.
VOLATILE = [
    (re.compile(r" at 0x[0-9a-f]+"), ""),
    (re.compile(r"#\d+L?"), "#"),
    (re.compile(r"plan_id=\d+"), "plan_id="),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:"),
    (re.compile(r"\d+(\.\d+)? (ms|s)\b"), "some time"),
]
MACHINE = [str(HERE.parent), str(Path.home()) + "/", "/tmp/"]


def read(path):
    """A notebook; with NCBI_GENE_LIVE=1 without the lines that start the stand-in."""
    notebook = parsed(path)
    if LIVE:
        for cell in notebook.cells:
            cell.source = re.sub(r"(?m)^service = standin\(.*$", "", cell.source)
    return notebook


def parsed(path):
    return nbformat.read(path, as_version=4) if path.suffix == ".ipynb" else from_databricks(path.read_text())


def from_databricks(source):
    """A notebook in Databricks' source format, between cells that provide and look at what is not Databricks here."""
    header, *cells = re.split(r"(?m)^# (?:Databricks notebook source|COMMAND -+)$", source)
    assert not header and cells, "Not in the source format of Databricks."
    notebook = nbformat.v4.new_notebook()
    notebook.cells.append(nbformat.v4.new_code_cell("from databricks_stand_in import dbutils, display, spark, written"))
    for cell in map(str.strip, cells):
        if cell.startswith("# MAGIC %md"):
            text = re.sub(r"(?m)^# MAGIC ?(%md)?", "", cell)
            notebook.cells.append(nbformat.v4.new_markdown_cell(text.strip()))
        elif not cell.startswith("# MAGIC %pip install "):
            assert "# MAGIC" not in cell, f"Only %md and %pip install are understood: {cell}"
            notebook.cells.append(nbformat.v4.new_code_cell(cell))
    notebook.cells.append(nbformat.v4.new_code_cell("assert written() > 0"))
    return notebook


def execute(path):
    notebook = read(path)
    with tempfile.TemporaryDirectory() as sockets:
        # Nobody else can connect to sockets of the file system.
        config = Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}})
        place = {"metadata": {"path": str(HERE)}}
        # What Spark's Java writes goes into a log, not into the notebook.
        kernel = NotebookClient(
            notebook,
            timeout=300,
            kernel_name="python3",
            coalesce_streams=True,
            resources=place,
            config=config,
            extra_arguments=["--IPKernelApp.capture_fd_output=False"],
        )
        LOGS.mkdir(parents=True, exist_ok=True)
        with open(LOGS / f"{path.stem}.log", "w") as log:
            kernel.execute(stdout=log, stderr=log)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def pictures(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                yield base64.b64decode(output["data"]["image/png"])


def shown(notebook):
    """The text that the notebook shows, cell by cell; of pictures, how many."""
    cells = []
    for cell in notebook.cells:
        texts = []
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            texts.append("<picture>" if "image/png" in data else output.get("text") or data.get("text/plain", ""))
        text = "".join(texts)
        for pattern, replacement in VOLATILE:
            text = pattern.sub(replacement, text)
        cells.append((cell.source, re.sub(r"[ -]{2,}", " ", text)))
    return cells


def complaints(path, executed):
    name = path.name
    text = nbformat.writes(executed)
    for place in MACHINE:
        if place in text:
            yield f"{name} shows {place}, a path of this machine."
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                yield f"{name} writes to standard error: {output.text[:500]}"
    if LIVE or path.suffix != ".ipynb":
        return
    for before, after in zip(shown(read(path)), shown(executed)):
        if before != after:
            yield f"{name} shows another output than is committed.\n--- committed\n{before[1]}\n--- executed\n{after[1]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed notebooks")
    parser.add_argument("--update", action="store_true", help="write the committed notebooks")
    parser.add_argument("notebooks", nargs="*", type=Path, help="only these")
    arguments = parser.parse_args()

    failures = []
    for path in arguments.notebooks or [*sorted(HERE.glob("*.ipynb")), *sorted(HERE.glob("databricks/*.py"))]:
        name = path.stem if path.suffix == ".ipynb" else f"databricks-{path.stem}"
        print(f"Executing {name}", flush=True)
        try:
            executed = execute(path)
        except CellExecutionError as error:
            failures.append(f"{name} failed.\n{error}")
            continue
        TARGET.mkdir(exist_ok=True)
        nbformat.write(executed, TARGET / f"{name}.ipynb")
        directory = TARGET / name
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        for number, picture in enumerate(pictures(executed), start=1):
            (directory / f"{number}.png").write_bytes(picture)
        if arguments.update and path.suffix == ".ipynb":
            nbformat.write(executed, path)
        if arguments.check or arguments.update:
            failures.extend(complaints(path, executed))
    for failure in failures:
        print(failure, file=sys.stderr)
    if failures and arguments.check and not LIVE:
        print("If the new outputs are right, run make notebooks ARGS=--update and commit them.", file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
