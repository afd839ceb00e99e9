"""The samples of docs/r.md, run by R with reticulate where both are installed: they print what stands below them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs/r.md"


def has_reticulate():
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "-e", "quit(status = !requireNamespace('reticulate', quietly = TRUE))"]
    return subprocess.run(asked, capture_output=True).returncode == 0


@pytest.mark.skipif(
    not has_reticulate(), reason="docs/r.md is not run: there is no R with reticulate (Debian: r-cran-reticulate)"
)
def test_samples_print_what_stands_below_them(service, tmp_path):
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    parts = []
    expected = []
    for (language, text), (kind, shown) in zip(blocks, [*blocks[1:], ("", "")]):
        if language == "r":
            parts.append(text + 'cat("\\n--\\n")\n')
            expected.append(shown.strip() if kind == "text" else "")
    assert len(parts) == 3
    script = tmp_path / "samples.R"
    script.write_text("".join(parts))

    done = subprocess.run(
        ["Rscript", "--vanilla", script],
        capture_output=True,
        text=True,
        timeout=180,
        env={**os.environ, "RETICULATE_PYTHON": sys.executable, "NCBI_GATEWAY_URL": service.base_url},
    )

    assert done.returncode == 0, done.stderr[-3000:]
    printed = [part.strip() for part in done.stdout.split("\n--\n")]
    assert printed[:-1] == expected
    assert set(service.identifiers()) == {"NM_000000.0", "NM_000546.6", "NM_021803.4", "NP_000537.3"}
