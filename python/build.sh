#!/usr/bin/env bash
# Builds the wheels into python/dist: python/build.sh. Called by `make wheel`, which builds the jars first.
set -euo pipefail
cd "$(dirname "$0")"

rm -rf dist
for package in . standin; do
  .venv/bin/python -m build --wheel --no-isolation --outdir dist "$package" > /dev/null
done
.venv/bin/twine check --strict dist/*.whl > /dev/null
size="$(stat -c %s dist/spark_ncbi_gene-*.whl)"
(( size < 3000000 )) || { echo "The wheel has $size bytes; it should have less than 3,000,000." >&2; exit 1; }
ls dist/*.whl
