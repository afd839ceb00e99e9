#!/usr/bin/env bash
# Checks the Python packages, and tests their wheels with PySpark: python/test.sh [NAME...], names of src/test/sparks.tsv, 4.2 if
# none is given. Called by `make test-python`, which builds the wheels first. All tests but those marked as long are run; with
# SAMPLE=1 those marked as a sample only, with WHOLE=1 all. They run on python3, or on TEST_PYTHON, such as python3.9.
set -euo pipefail
python="$(cd "$(dirname "$0")" && pwd)"
source "$python/../src/test/sparks.sh"

chosen="not long"
[[ -z "${SAMPLE:-}" ]] || chosen="sample and not long"
[[ -z "${WHOLE:-}" ]] || chosen=""

# The environments of another Python are kept apart.
of_python="${TEST_PYTHON:+-$("$TEST_PYTHON" -c 'import sys; print("python-%d.%d" % sys.version_info[:2])')}"

lines="$(sparks "${@:-4.2}")"
while read -r name version _; do
  echo "-- PySpark $version"
  environment "pyspark-$version$of_python" "pyspark==$version"
  venv="$root/.venv/pyspark-$version$of_python"
  "$venv/bin/pip" uninstall --quiet --yes spark-ncbi-gene spark-ncbi-gene-standin 2> /dev/null
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-index --find-links "$python/dist" "spark-ncbi-gene[standin]"
  if [[ "$name" == 4.2 ]]; then
    (
      cd "$python"
      .venv/bin/ruff check --quiet .
      .venv/bin/ruff format --quiet --check .
      .venv/bin/mypy --no-error-summary --python-executable "$venv/bin/python"
      .venv/bin/vermin --quiet --no-tips --violations --target=3.9- src standin/src tests
    )
  fi
  (cd "$python" && "$venv/bin/python" -m pytest -q -rs --tb=short -m "$chosen" tests < /dev/null)
done <<< "$lines"
