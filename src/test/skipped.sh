#!/usr/bin/env bash
# Says in one line which tests of the last run were skipped for want of a file that is not part of the project.
set -euo pipefail
cd "$(dirname "$0")/../.."

wanted=$(find . -path '*/target/surefire-reports/TEST-*.xml' -exec \
  sed -n 's/.*Assumption failed: Skipped for want of \(.*\)$/\1/p' {} +)
if [[ -n $wanted ]]; then
  printf 'NOT TESTED: %s tests were skipped for want of %s\n' \
    "$(wc -l <<< "$wanted")" "$(sort -u <<< "$wanted" | paste -sd, | sed 's/,/, /g')" >&2
fi
