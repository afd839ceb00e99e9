#!/usr/bin/env bash
# Runs an example, by default EnrichVariants: examples/run.sh [ARGUMENTS]. Called from the project's root by `make demo`.
set -euo pipefail

target="$(dirname "$0")/target"
if [[ ! -f $target/class-path ]]; then
  echo 'The examples are not built. Run make demo.' >&2
  exit 1
fi

# Spark talks to itself only.
export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$target/java-options" \
  -cp "$target/classes:$(cat "$target/class-path")" \
  "io.github.sparkncbigene.examples.${EXAMPLE:-EnrichVariants}" "$@"
