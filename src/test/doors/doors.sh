#!/usr/bin/env bash
# Goes through every door people come in by, on each Spark of sparks.txt: src/test/doors/doors.sh [VERSION...].
# Called from the project's root by `make doors`, which builds the jars first.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
out="$root/src/test/target/doors"
mkdir -p "$out"

command -v python3 > /dev/null || { echo 'Python 3.9 or later is needed for the doors: python3 is not found.' >&2; exit 1; }

# environment NAME REQUIREMENT...: a virtual environment that has these, made anew only when they change.
environment() {
  local venv="$root/.venv/$1" wanted
  wanted="$(printf '%s\n' "${@:2}"; cat "$here/requirements.txt")"
  if [[ "$(cat "$venv/installed.txt" 2> /dev/null)" != "$wanted" ]]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "${@:2}" -r "$here/requirements.txt"
    printf '%s\n' "$wanted" > "$venv/installed.txt"
  fi
}

failed=0
while read -r version client; do
  if [[ "$version" == \#* || -z "$version" || ( $# -gt 0 && " $* " != *" $version "* ) ]]; then
    continue
  fi
  echo "-- PySpark $version"
  environment "pyspark-$version" "pyspark==$version"
  if [[ -n "$client" ]]; then
    environment "pyspark-client-$version" "pyspark-client==$version"
  fi
  CONNECT_CLIENT="${client:+$root/.venv/pyspark-client-$version/bin/python}" \
    "$root/.venv/pyspark-$version/bin/python" -m pytest -q -p no:cacheprovider -rs --tb=short \
    --junitxml "$out/$version.xml" "$here" < /dev/null || failed=1
done < "$here/sparks.txt"
exit $failed
