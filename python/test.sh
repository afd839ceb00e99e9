#!/usr/bin/env bash
# Checks the Python packages, and tests their wheels with PySpark: python/test.sh [NAME...], names of src/test/sparks.tsv, 4.2 if
# none is given. Called by `make test-python`, which builds the wheels first. All tests but those marked as long are run; with
# SAMPLE=1 those marked as a sample only, with WHOLE=1 all.
set -euo pipefail
python="$(cd "$(dirname "$0")" && pwd)"
source "$python/../src/test/sparks.sh"

chosen="not long"
[[ -z "${SAMPLE:-}" ]] || chosen="sample and not long"
[[ -z "${WHOLE:-}" ]] || chosen=""

lines="$(sparks "${@:-4.2}")"
while read -r name version _; do
  echo "-- PySpark $version"
  environment "pyspark-$version" "pyspark==$version"
  venv="$root/.venv/pyspark-$version"
  "$venv/bin/pip" uninstall --quiet --yes spark-ncbi-gene spark-ncbi-gene-standin 2> /dev/null
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-index --find-links "$python/dist" "spark-ncbi-gene[standin]"
  if [[ "$name" == 4.2 ]]; then
    (
      cd "$python"
      .venv/bin/ruff check --quiet .
      .venv/bin/ruff format --quiet --check .
      .venv/bin/mypy --no-error-summary --python-executable "$venv/bin/python"
    )
  fi
  (cd "$python" && "$venv/bin/python" -m pytest -q -rs --tb=short -m "$chosen" tests < /dev/null)
done <<< "$lines"
