#!/usr/bin/env bash
# Runs an example, by default EnrichVariants: examples/run.sh [ARGUMENTS]. Called from the project's root by `make demo`.
set -euo pipefail

here="$(dirname "$0")"
job="io/github/sparkncbigene/examples/${EXAMPLE:-EnrichVariants}"
module="$here"
if [[ -f $here/iceberg/src/main/java/$job.java ]]; then
  module="$here/iceberg"
fi
if [[ ! -f $module/target/class-path ]]; then
  echo "The examples are not built. Run make demo${EXAMPLE:+ EXAMPLE=$EXAMPLE}." >&2
  exit 1
fi

# Spark talks to itself only.
export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$here/target/java-options" \
  -cp "$module/target/classes:$(cat "$module/target/class-path")" \
  "${job//\//.}" "$@"
