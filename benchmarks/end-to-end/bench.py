"""Measures what it takes to get a table of genes, by the connector and by what one could use instead.

Each run is a process of its own, against the stand-in for NCBI's service in another. Prints a line of JSON for each
run, appends it to RESULTS, and with --page writes docs/performance.md's table and docs/images/growth.png from RESULTS.
"""

import argparse
import json
import os
import pathlib
import platform
import subprocess
import sys
import threading
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = ROOT / "benchmarks" / "target"
WAYS = {"connector": "`ncbi-gene`", "sequential": "one request after another, then `spark.read.json`",
        "threads": "64 threads of `requests`, then `createDataFrame`"}
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def jar(module, suffix=""):
    found = [
        path
        for path in (ROOT / module / "target").glob(f"*{suffix}.jar")
        if not path.name.startswith("original-") and (suffix or "sources" not in path.name)
    ]
    return str(max(found, key=lambda path: path.stat().st_mtime))


class Usage(threading.Thread):
    """CPU seconds and the most memory of all processes of a group."""

    def __init__(self, group):
        super().__init__(daemon=True)
        self.group = group
        self.cpu = {}
        self.peak = 0
        self.start()

    def sample(self):
        resident = 0
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                if int(fields[2]) == self.group:
                    self.cpu[entry.name] = (int(fields[11]) + int(fields[12])) / TICKS
                    resident += int(fields[21]) * PAGE
        self.peak = max(self.peak, resident)
        return sum(self.cpu.values())

    def run(self):
        while True:
            self.sample()
            time.sleep(0.1)


def stand_in(ids, latency, rate, log):
    command = ["java", "-Xmx2g", "-jar", jar("testkit", "-standalone"), "--port", "0", "--synthetic", str(ids)]
    command += ["--latency", str(latency * 1000), "--rate-limit", str(rate), "--no-well-known", "--log", str(log)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().split()[-1]


def run(way, ids, latency, rate):
    accessions = TARGET / f"accessions-{ids}.txt"
    if not accessions.exists():
        program = "io.github.sparkncbigene.benchmarks.Accessions"
        listed = subprocess.run([ROOT / "benchmarks" / "run.sh", program, str(ids)], stdout=subprocess.PIPE, check=True)
        accessions.write_bytes(listed.stdout)
    log = TARGET / "requests.log"
    log.unlink(missing_ok=True)
    service, base_url = stand_in(ids, latency, rate, log)
    try:
        command = [sys.executable, str(HERE / "contenders.py"), way, str(accessions), base_url, str(rate), jar("connector")]
        errors = open(TARGET / "contender.log", "w")
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True)
        usage = Usage(process.pid)
        before = seconds = cpu = None
        for line in process.stdout:
            if line.startswith("READY"):
                before = usage.sample()
            elif line.startswith("DONE"):
                seconds = float(line.split()[1])
                cpu = usage.sample() - before
        if process.wait() != 0 or seconds is None:
            raise SystemExit(f"{way} failed: see {TARGET / 'contender.log'}")
        requests = [json.loads(line) for line in log.read_text().splitlines()]
    finally:
        service.kill()
        service.wait()
    result = {
        "way": way, "ids": ids, "latency": latency, "rate": rate, "seconds": round(seconds, 2), "cpu": round(cpu, 2),
        "peak_mb": round(usage.peak / 1e6), "requests": len(requests),
        "refused": sum(request["status"] != 200 for request in requests),
        "mb": round(sum(request["bytes"] for request in requests) / 1e6, 1),
    }
    print(json.dumps(result), flush=True)
    with open(TARGET / "end-to-end.jsonl", "a") as out:
        out.write(json.dumps(result) + "\n")


def latest():
    results = {}
    for line in (TARGET / "end-to-end.jsonl").read_text().splitlines():
        result = json.loads(line)
        results[(result["ids"], result["latency"], result["rate"], result["way"])] = result
    return results


def machine():
    memory = os.sysconf("SC_PHYS_PAGES") * PAGE / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}"


def table(results):
    lines = [f"Measured on {machine()}.", "",
             "| ids | latency | requests/s | way | seconds | times the connector's | CPU seconds | peak MB | requests | MB sent |",
             "|---|---|---|---|---|---|---|---|---|---|"]
    for (ids, latency, rate, way), r in sorted(results.items(), key=lambda item: (*item[0][:3], list(WAYS).index(item[0][3]))):
        ours = results.get((ids, latency, rate, "connector"))
        ratio = f"{r['seconds'] / ours['seconds']:.1f}" if ours else ""
        lines.append(f"| {ids:,} | {latency} s | {rate or 'unlimited'} | {WAYS[way]} | {r['seconds']:.1f} | {ratio}"
                     f" | {r['cpu']:.1f} | {r['peak_mb']} | {r['requests']} | {r['mb']} |")
    return "\n".join(lines)


def plot(results):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(10, 4))
    for way, label in WAYS.items():
        runs = sorted((r for r in results.values() if r["way"] == way and r["latency"] == 1 and r["rate"] == 0),
                      key=lambda r: r["ids"])
        for axis, key, title in ((axes[0], "seconds", "seconds"), (axes[1], "peak_mb", "peak memory, MB")):
            axis.loglog([r["ids"] for r in runs], [r[key] for r in runs], marker="o", label=label.replace("`", ""))
            axis.set_xlabel("accessions")
            axis.set_ylabel(title)
            axis.grid(True, which="both", alpha=0.3)
    axes[0].legend(fontsize=7)
    figure.suptitle("1 s latency, no rate limit")
    figure.tight_layout()
    (ROOT / "docs" / "images").mkdir(exist_ok=True)
    figure.savefig(ROOT / "docs" / "images" / "growth.png", dpi=110)


def write_page():
    results = latest()
    page = ROOT / "docs" / "performance.md"
    text = page.read_text()
    start, end = "<!-- end to end: written by make bench -->", "<!-- end -->"
    head, rest = text.split(start)
    page.write_text(head + start + "\n" + table(results) + "\n" + end + rest.split(end)[1])
    plot(results)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ids", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--latency", type=int, nargs="*", default=[0, 1], help="seconds")
    parser.add_argument("--rate", type=int, nargs="*", default=[10, 0], help="requests a second; 0 for no limit")
    parser.add_argument("--way", nargs="*", choices=list(WAYS), default=list(WAYS))
    parser.add_argument("--page", action="store_true", help="write the results so far to docs/")
    arguments = parser.parse_args()
    TARGET.mkdir(exist_ok=True)
    for ids in arguments.ids:
        for latency in arguments.latency:
            for rate in arguments.rate:
                for way in arguments.way:
                    run(way, ids, latency, rate)
    if arguments.page:
        write_page()


if __name__ == "__main__":
    main()
