#!/usr/bin/env bash
# Goes through every door people come in by, on each Spark of sparks.tsv that has PySpark's package there: src/test/doors/doors.sh
# [NAME...]. Called by `make doors`, which builds the jars first.
set -euo pipefail
source "$(dirname "$0")/../sparks.sh"

doors="$here/doors"
results="$here/target/doors"
mkdir -p "$results"

command -v python3 > /dev/null || { echo 'Python 3.9 or later is needed for the doors: python3 is not found.' >&2; exit 1; }

failed=0
sparks "$@" > "$results/lines"
while read -r name version _ _ _ kind; do
  rm -f "$results/$name.xml"
  if [[ "$kind" == no ]]; then
    continue
  fi
  echo "-- PySpark $version"
  environment "pyspark-$version" "pyspark==$version"
  client=''
  if [[ "$kind" == connect ]]; then
    environment "pyspark-client-$version" "pyspark-client==$version"
    client="$root/.venv/pyspark-client-$version/bin/python"
  fi
  CONNECT_CLIENT="$client" "$root/.venv/pyspark-$version/bin/python" -m pytest -q -p no:cacheprovider -rs --tb=short \
    --junitxml "$results/$name.xml" "$doors" < /dev/null || failed=1
done < "$results/lines"
exit $failed
