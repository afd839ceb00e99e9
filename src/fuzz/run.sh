#!/usr/bin/env bash
# Fuzzes every target for its part of FUZZ_SECONDS (600), from a random start or from FUZZ_SEED. Called from the project's root by `make fuzz`.
# An input may take a minute: the first one includes loading and instrumenting classes, and machines are busy.
# What is found stays in src/fuzz/target/found; src/fuzz/target/corpus is where the next run goes on.
set -euo pipefail

target="$(dirname "$0")/target"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
class_path="$target/test-classes:$(cat "$target/class-path")"
# What Spark needs.
mapfile -t opens < <(grep -o -- '--add-opens=java.base/.*=ALL-UNNAMED' "$(dirname "$0")/../../pom.xml")
mkdir -p "$target/found" "$target/logs"

mapfile -t targets < <("$java" "${opens[@]}" -cp "$class_path" io.github.sparkncbigene.fuzz.Seeds "$target/seeds")
seconds=$(( ${FUZZ_SECONDS:-600} / ${#targets[@]} ))
(( seconds > 0 )) || seconds=1
failed=()
for class in "${targets[@]}"; do
  name="${class##*.}"
  mkdir -p "$target/corpus/$name"
  if "$java" "${opens[@]}" -Xmx1g -XX:-OmitStackTraceInFastThrow -cp "$class_path" com.code_intelligence.jazzer.Jazzer \
      --target_class="$class" \
      --instrumentation_includes='io.github.sparkncbigene.**' \
      --disabled_hooks='com.code_intelligence.jazzer.sanitizers.**' \
      --reproducer_path="$target/found" \
      "$target/corpus/$name" "$target/seeds/$name" \
      -artifact_prefix="$target/found/$name-" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=3072 \
      -max_len=20000 -print_final_stats=1 -seed="${FUZZ_SEED:-0}" > "$target/logs/$name.log" 2>&1; then
    result='nothing found'
  else
    result="FAILED, see $target/logs/$name.log"
    failed+=("$name")
  fi
  runs="$(sed -n 's/^stat::number_of_executed_units: *//p' "$target/logs/$name.log")"
  printf '%-20s %4d s %12s inputs  %s\n' "$name" "$seconds" "${runs:-?}" "$result"
done
if (( ${#failed[@]} > 0 )); then
  for name in "${failed[@]}"; do
    grep -m1 -A15 -E '== Java Exception|ERROR: libFuzzer|Exception in' "$target/logs/$name.log" >&2 || tail -20 "$target/logs/$name.log" >&2
  done
  exit 1
fi
