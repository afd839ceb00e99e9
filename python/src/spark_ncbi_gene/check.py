"""Compares a gene service with what the connector assumes of it: ``python -m spark_ncbi_gene.check --help``.

It needs ``pip install "spark-ncbi-gene[standin]"`` and Java 17. Without ``--base-url`` it checks the stand-in; with
``--base-url ncbi`` it sends at most 40 requests to NCBI, one a second. The API key is taken from ``NCBI_API_KEY``.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from ._errors import NcbiGeneError
from ._standin import java_command, no_java


def main(arguments: Sequence[str]) -> int:
    """Runs the check with these arguments.

    :returns: 0 where the service does what the connector expects, 1 where it deviates, 2 for a wrong option, 3 for no
        verdict
    """
    try:
        return subprocess.run([*java_command(), "check", *arguments]).returncode
    except NcbiGeneError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(no_java(error), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
