"""The comparison of a service with what the connector assumes of it, as a program."""

import json
import subprocess
import sys

import pytest

from spark_ncbi_gene import standin


def check(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "spark_ncbi_gene.check", *arguments], capture_output=True, text=True, **more
    )


def test_a_dry_run_prints_the_requests():
    ran = check("--dry-run")

    assert (ran.returncode, ran.stderr) == (0, "")
    requests = ran.stdout.splitlines()
    assert 30 < len(requests) <= 40
    assert all(line.split()[0] in ("GET", "POST") for line in requests)


def test_the_stand_in_is_as_expected(tmp_path):
    ran = check("--json", str(tmp_path / "report.json"))

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.rstrip().endswith("The service does what the connector expects.")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))


@pytest.mark.long
def test_a_service_at_an_address():
    with standin(rate_limit="ncbi") as service:
        ran = check("--base-url", service.base_url)

        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert 30 < len(service.requests) <= 40


def test_a_wrong_option():
    ran = check("--base-url", "ftp://example.org")

    assert ran.returncode == 2
    assert ran.stderr.startswith("--base-url is not a valid base URL: give http:// or https://")


def test_without_java(monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    ran = check("--dry-run")

    assert ran.returncode == 2
    assert "Java" in ran.stderr and "Traceback" not in ran.stderr
