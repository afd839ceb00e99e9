"""How many tests passed where, by their last run: the acceptance tests and the doors, on the Sparks of sparks.tsv or those named."""

import re
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE / "target"


class Tally:
    """How many tests passed, failed, and were skipped; or why none of them ran."""

    def __init__(self, cases, instead=""):
        self.instead = instead
        outcomes = [next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed") for case in cases]
        self.passed = outcomes.count("passed")
        self.skipped = outcomes.count("skipped")
        self.failed = len(outcomes) - self.passed - self.skipped

    def __str__(self):
        if self.instead or self.failed:
            return self.instead or f"{self.failed} FAILED"
        return str(self.passed or "skipped")


def sparks():
    for line in (HERE / "sparks.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split()[:4]


def cases(reports):
    return [case for report in reports for case in ElementTree.parse(report).getroot().iter("testcase")]


def suite(name, default):
    """What was written by the last run of the acceptance tests, and their tally; a run of `make test` is one on the default Spark."""
    result = TARGET / "matrix" / name / "result"
    of_matrix = [result, *result.parent.glob("TEST-*.xml")] if result.exists() else []
    of_test = list((TARGET / "surefire-reports").glob("TEST-*.xml")) if default else []
    if of_test and (not of_matrix or newest(of_test) > newest(of_matrix)):
        return of_test, Tally(cases(of_test))
    if not of_matrix:
        return [], None
    # A word if tests ran, which the reports tell of; FAILED without one, or that there is no such JDK.
    said = result.read_text().strip()
    ran = said in ("passed", "FAILED: some tests")
    return of_matrix, Tally(cases(of_matrix[1:]) if ran else [], "" if ran else said.split(":")[0])


def doors(name):
    """What was written by the last run of the doors, and the tally of each."""
    report = TARGET / "doors" / f"{name}.xml"
    found = {}
    for case in cases([report]) if report.exists() else []:
        found.setdefault(case.get("name").split("[")[0].replace("test_", "door: ", 1).replace("_", " "), []).append(case)
    return [report] if found else [], {door: Tally(of_door) for door, of_door in found.items()}


def newest(files):
    return max(file.stat().st_mtime for file in files)


def main(names):
    default = re.search("<spark.version>(.*)</spark.version>", (HERE / "../../pom.xml").read_text()).group(1)
    head, rows = {"": {}, "Spark": {}, "Scala": {}, "JDK": {}}, {"acceptance tests": {}, "  skipped": {}}
    last = {}
    for name, spark, scala, jdk in sparks():
        if names and name not in names:
            continue
        files, tally = suite(name, spark == default and name == ".".join(default.split(".")[:2]))
        more, of_doors = doors(name)
        if not files + more:
            continue
        for row, cell in zip(head.values(), (name, spark, scala, jdk)):
            row[name] = cell
        if tally:
            rows["acceptance tests"][name] = tally
            if tally.skipped:
                rows["  skipped"][name] = tally.skipped
        for door, of_door in of_doors.items():
            rows.setdefault(door, {})[name] = of_door
        last[name] = time.strftime("%H:%M", time.localtime(newest(files + more)))
    table = [[title, *(str(cells.get(name, "-")) for name in last)] for title, cells in (head | rows | {"last run": last}).items()]
    widths = [max(map(len, column)) for column in zip(*table)]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


main(sys.argv[1:])
