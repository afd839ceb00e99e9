"""Measures what it takes to get a table of genes, by the connector and by what one could use instead.

Each run is a process of its own, against a service that has the answers in memory in another. Prints a line of JSON
for each run, appends it to benchmarks/target/end-to-end.jsonl, and with --page writes docs/performance.md's table and
docs/images/growth.png from that file.
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

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = ROOT / "benchmarks" / "target"
WAYS = {"connector": "`ncbi-gene`", "sequential": "one request after another, then `spark.read.json`",
        "threads": "64 threads of `requests`, then `createDataFrame`"}
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def jar():
    found = [
        path
        for path in (ROOT / "connector" / "target").glob("spark-ncbi-gene-[0-9]*.jar")
        if not path.stem.endswith(("-sources", "-javadoc"))
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


class Service:
    """Serves the genes of a list, in a process of its own, from memory: making them up is nobody's cost."""

    def __init__(self, ids):
        self.accessions = TARGET / "accessions.txt"
        self.log = TARGET / "requests.log"
        command = [ROOT / "benchmarks" / "run.sh", "io.github.sparkncbigene.benchmarks.ServePages", str(ids)]
        self.process = subprocess.Popen(
            [*command, str(self.accessions), str(self.log)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "JAVA_OPTIONS": "-Xmx6g"},
        )
        self.base_url = self.process.stdout.readline().split()[-1]

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.process.kill()
        self.process.wait()

    def requests(self, client):
        """The bytes of the answer to each request under this name."""
        lines = (line.rsplit(" ", 1) for line in self.log.read_text().splitlines())
        return [int(size) for path, size in lines if path.startswith(f"/{client}/")]

    def made_since(self):
        """How many answers were not there when they were asked for."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline().split()[-1])


def run(service, way, ids, latency, rate):
    client = f"{way}-{latency}-{rate}"
    address = f"{service.base_url}/{client}/{latency * 1000}"
    warm_up = f"{service.base_url}/warm-up/0"
    command = [sys.executable, str(HERE / "contenders.py"), way, str(service.accessions), warm_up, address, str(rate)]
    with open(TARGET / "contender.log", "w") as errors:
        process = subprocess.Popen(
            [*command, jar()], stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True
        )
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
    sent = service.requests(client)
    if service.made_since():
        raise SystemExit(f"{way} asked for other pages than those that were made before")
    result = {
        "way": way, "ids": ids, "latency": latency, "rate": rate, "seconds": round(seconds, 2), "cpu": round(cpu, 2),
        "peak_mb": round(usage.peak / 1e6), "requests": len(sent), "mb": round(sum(sent) / 1e6, 1),
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
             "| ids | latency | requests/s | way | seconds | times the connector's | times the floor | CPU µs a gene"
             " | peak MB | requests | MB sent |",
             "|---|---|---|---|---|---|---|---|---|---|---|"]
    for (ids, latency, rate, way), r in sorted(results.items(), key=lambda item: (*item[0][:3], list(WAYS).index(item[0][3]))):
        ours = results.get((ids, latency, rate, "connector"))
        ratio = f"{r['seconds'] / ours['seconds']:.1f}" if ours else ""
        floor = f"{r['seconds'] * rate / r['requests']:.2f}" if rate else ""
        lines.append(f"| {ids:,} | {latency} s | {rate or 'unlimited'} | {WAYS[way]} | {r['seconds']:.1f} | {ratio}"
                     f" | {floor} | {r['cpu'] / ids * 1e6:.0f} | {r['peak_mb']} | {r['requests']} | {r['mb']} |")
    return "\n".join(lines)


def plot(results):
    """Draws seconds without and with NCBI's rate limit, and memory, each against the number of accessions."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot
    from matplotlib.ticker import FuncFormatter, NullFormatter

    figure, axes = pyplot.subplots(1, 3, figsize=(12, 4))
    panels = ((0, "seconds", "seconds, no rate limit"), (10, "seconds", "seconds, 10 requests a second"),
              (0, "peak_mb", "peak memory in MB, no rate limit"))
    plain = FuncFormatter(lambda value, _: f"{value:,.0f}")
    for axis, (rate, key, title) in zip(axes, panels):
        for way, label in WAYS.items():
            runs = sorted((r for r in results.values() if r["way"] == way and r["latency"] == 1 and r["rate"] == rate),
                          key=lambda r: r["ids"])
            axis.loglog([r["ids"] for r in runs], [r[key] for r in runs], marker="o", label=label.replace("`", ""))
        if rate:
            ids = [10_000, 1_000_000]
            axis.loglog(ids, [n / 1000 / rate for n in ids], "k--", linewidth=1,
                        label="the floor: 10 requests of 1000 accessions a second")
        if key == "peak_mb":
            axis.set_yscale("linear")
            axis.set_ylim(0)
        axis.set_title(title, fontsize=10)
        axis.set_xlabel("accessions")
        for scale in (axis.xaxis, axis.yaxis):
            scale.set_major_formatter(plain)
            scale.set_minor_formatter(NullFormatter())
        axis.grid(True, which="major", alpha=0.4)
    figure.suptitle("1 s latency")
    figure.legend(*axes[1].get_legend_handles_labels(), loc="lower center", ncols=2, fontsize=9, frameon=False)
    figure.tight_layout(rect=(0, 0.12, 1, 1))
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
        with Service(ids) as service:
            for latency in arguments.latency:
                for rate in arguments.rate:
                    for way in arguments.way:
                        run(service, way, ids, latency, rate)
    if arguments.page:
        write_page()


if __name__ == "__main__":
    main()
