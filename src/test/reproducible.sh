#!/usr/bin/env bash
# Builds the jar once more, from a copy of the sources elsewhere, and compares it: src/test/reproducible.sh. Called by `make reproducible`.
set -euo pipefail

root="$(cd "$(dirname "$0")/../.." && pwd)"
copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT

cd "$root"
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do [[ -f "$file" ]] && printf '%s\0' "$file"; done \
  | tar --null --files-from=- -cf - | tar -xf - -C "$copy"
(cd "$copy" && "${MVN:-mvn}" ${MVN_FLAGS:---batch-mode} --quiet --projects connector --also-make -Dmaven.test.skip=true package >&2)
jar="$(ls connector/target/spark-ncbi-gene-[0-9]*.jar | grep -v -e sources -e javadoc)"
if cmp "$jar" "$copy/$jar"; then
  echo "$jar: built twice, the same $(wc -c < "$jar") bytes"
else
  echo "$jar: FAILED, a second build gives other bytes" >&2
  exit 1
fi
