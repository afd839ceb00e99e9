#!/usr/bin/env bash
# Runs the acceptance tests on the Sparks of sparks.tsv: src/test/matrix.sh [NAME...]. Called by `make matrix` and `make test-NAME`,
# which build first: the jar is the same file for all. The tests are compiled against each Spark, whose own API for callers is
# not binary compatible.
# TESTS=PATTERN runs some classes only, JOBS=N so many Sparks at a time.
set -euo pipefail
source "$(dirname "$0")/sparks.sh"

minutes=20
mapfile -t lines < <(sparks "$@")
[[ ${#lines[@]} -gt 0 ]] || exit 1

run() {
  local name="$1" spark="$2" scala="$3" jdk_version="$4" from="$5" home spark_path status=0
  local work="$out/$name"
  rm -rf "$work" && mkdir -p "$work/target"
  if ! home="$(jdk "$jdk_version")"; then
    echo "skipped: no JDK $jdk_version here; set JDK${jdk_version}_HOME to one" > "$work/result"
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
  # The tests write below target/ of where they run.
  (cd "$work" && SPARK_LOCAL_IP=127.0.0.1 exec "${limit[@]}" "$home/bin/java" "@$here/target/java-options" \
    -cp "$tests:$(cat "$here/target/class-path"):$spark_path" \
    org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=none \
    --scan-class-path "$tests" --include-classname "${TESTS:-^.*Test\$}" --exclude-tag soak --reports-dir "$work" \
    --config junit.jupiter.execution.timeout.testable.method.default=10m \
    --config junit.jupiter.execution.timeout.threaddump.enabled=true) < /dev/null > "$work/log" 2>&1 || status=$?
  local found passed failed skipped
  count() { sed -n "s/^\[ *\([0-9]*\) tests $1 *\]/\1/p" "$work/log" | tail -1; }
  found="$(count found)" passed="$(count successful)" failed="$(count failed)"
  if [[ $status -eq 124 || $status -eq 137 ]]; then
    echo "FAILED: not done after $minutes minutes" > "$work/result"
  elif [[ -z "$found" ]]; then
    echo "FAILED: did not run, status $status" > "$work/result"
  elif [[ $status -eq 0 && "$passed" -gt 0 ]]; then
    skipped=$((found - passed))
    echo "$passed passed, $failed failed, $skipped skipped" > "$work/result"
  else
    echo "FAILED: $passed passed, ${failed:-?} failed" > "$work/result"
  fi
}

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
    echo "$SECONDS" > "$out/$name/seconds"
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

printf '\n%-12s %-7s %-6s %-4s %6s  %s\n' suite Spark Scala JDK time result
for line in "${lines[@]}"; do
  read -r name spark scala jdk_version _ <<< "$line"
  printf '%-12s %-7s %-6s %-4s %5ss  %s\n' "$name" "$spark" "$scala" "$jdk_version" "$(cat "$out/$name/seconds")" "$(cat "$out/$name/result")"
done
exit $failed
