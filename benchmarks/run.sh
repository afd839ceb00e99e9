#!/usr/bin/env bash
# Runs a program of the benchmarks: benchmarks/run.sh CLASS [ARGUMENTS]. Called from the project's root by make.
set -euo pipefail

target="$(dirname "$0")/target"
if [[ ! -f $target/class-path ]]; then
  echo 'The benchmarks are not built. Run make bench-decode.' >&2
  exit 1
fi

# Spark talks to itself only.
export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}"
class="$1"
shift
# shellcheck disable=SC2086 # several options may be given
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$target/java-options" ${JAVA_OPTIONS:-} \
  -cp "$target/classes:$(cat "$target/class-path")" "$class" "$@"
