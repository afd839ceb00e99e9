#!/usr/bin/env bash
# Runs the acceptance tests on the Sparks of sparks.tsv: src/test/matrix.sh [NAME...]. Called by `make matrix` and `make test-NAME`,
# which build first: the jar is the same file for all. The tests are compiled against each Spark, whose own API for callers is
# not binary compatible.
# Of what has many cases a sample is run, as the default Spark runs all with `make test`; WHOLE=1 runs all here, too.
# EXCEPT=NAMES leaves some Sparks out, TESTS=PATTERN runs some classes only, JOBS=N so many Sparks at a time.
set -euo pipefail
source "$(dirname "$0")/sparks.sh"

minutes=20
sparks "$@" > "$out/lines"
mapfile -t lines < "$out/lines"

run() {
  local name="$1" spark="$2" scala="$3" jdk_version="$4" from="$5" home spark_path status=0
  local work="$out/$name"
  if ! home="$(jdk "$jdk_version")"; then
    echo "no JDK $jdk_version" > "$work/result"
    return
  fi
  if ! spark_path="$(class_path "$spark" "$scala" "$from")"; then
    echo "FAILED: Spark $spark could not be fetched" > "$work/result"
    return
  fi
  local limit=()
  command -v timeout > /dev/null && limit=(timeout --kill-after=10 "${minutes}m")
  local tests="$work/test-classes"
  if ! "$home/bin/javac" --release 17 -proc:none -nowarn -parameters -d "$tests" -cp "$(cat "$here/target/class-path"):$spark_path" \
    $(find "$here/java" -name '*.java') > "$work/log" 2>&1; then
    echo "FAILED: the tests do not compile" > "$work/result"
    return
  fi
  cp -R "$here/resources/." "$tests"
  local sample=true
  [[ -z "${WHOLE:-}" ]] || sample=false
  # The tests write below target/ of where they run.
  (cd "$work" && SPARK_LOCAL_IP=127.0.0.1 exec "${limit[@]}" "$home/bin/java" "@$here/target/java-options" "-Dncbi.gene.sample=$sample" \
    -cp "$tests:$(cat "$here/target/class-path"):$spark_path" \
    org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=summary \
    --fail-if-no-tests --scan-class-path "$tests" --include-classname "${TESTS:-^.*Test\$}" --exclude-tag soak --reports-dir "$work" \
    --config junit.jupiter.execution.timeout.testable.method.default=10m \
    --config junit.jupiter.execution.timeout.threaddump.enabled=true) < /dev/null >> "$work/log" 2>&1 || status=$?
  case $status in
    0) echo passed ;;
    1) echo 'FAILED: some tests' ;;
    2) echo 'FAILED: no tests were found' ;;
    124 | 137) echo "FAILED: not done after $minutes minutes" ;;
    *) echo "FAILED: did not run, status $status" ;;
  esac > "$work/result"
}

for line in "${lines[@]}"; do
  read -r name spark scala _ from _ <<< "$line"
  rm -rf "${out:?}/$name" && mkdir -p "$out/$name/target"
  # One after the other, since they have much in common; what fails is said where it is run.
  class_path "$spark" "$scala" "$from" > /dev/null || true
done

running=0
for line in "${lines[@]}"; do
  if (( running >= ${JOBS:-2} )); then
    wait -n || true
    running=$((running - 1))
  fi
  (
    SECONDS=0
    # shellcheck disable=SC2086
    run $line
    read -r name _ <<< "$line"
    printf 'acceptance tests on %s: %s (%d s)\n' "$name" "$(cat "$out/$name/result")" "$SECONDS"
  ) &
  running=$((running + 1))
done
wait

failed=0
for line in "${lines[@]}"; do
  read -r name _ <<< "$line"
  if grep -q FAILED "$out/$name/result"; then
    failed=1
    printf '\n== %s: %s\n' "$name" "$(cat "$out/$name/result")"
    sed -n '/^Failures (/,/^Test run finished/p' "$out/$name/log" | grep -v '^      *\(org\.junit\|java\.\|\[\.\.\.\]\)' | cut -c1-400 | head -150
    grep -q '^Failures (' "$out/$name/log" || tail -30 "$out/$name/log"
    echo "The whole log: src/test/target/matrix/$name/log"
  fi
done
echo
python3 "$here/table.py" "$@"
exit $failed
