#!/usr/bin/env bash
# Compiles the connector against every Spark of sparks.tsv and compares the class files: src/test/identical.sh.
# One jar serves them all only while these are equal to the byte. Called by `make identical`, which builds the connector first.
set -euo pipefail
source "$(dirname "$0")/sparks.sh"

javac="${JAVA_HOME:+$JAVA_HOME/bin/}javac"
libraries="$(cat "$root/connector/target/class-path")"
work="$here/target/identical"
rm -rf "$work" && mkdir -p "$work"
find "$root/connector/src/main/java" -name '*.java' ! -name package-info.java > "$work/sources"

passed=0 failed=0 first='' seen=' '
while read -r _ spark scala _ from _; do
  against="$spark-$scala"
  [[ "$seen" == *" $against "* ]] && continue
  seen+="$against "
  path="$(class_path "$spark" "$scala" "$from")"
  "$javac" --release 17 -g -parameters -proc:none -nowarn -cp "$libraries:$path" -d "$work/$against" "@$work/sources" 2> "$work/$against.log" \
    || { echo "Spark $against: FAILED, the connector does not compile against it"; head -40 "$work/$against.log"; failed=$((failed + 1)); continue; }
  first="${first:-$against}"
  if diff -rq "$work/$first" "$work/$against" > "$work/$against.diff"; then
    echo "Spark $against: $(find "$work/$against" -name '*.class' | wc -l) class files, as against $first"
    passed=$((passed + 1))
  else
    echo "Spark $against: FAILED, class files differ from those against $first:"
    cat "$work/$against.diff"
    failed=$((failed + 1))
  fi
done < <(sparks)

# What is packaged is compiled the same way; a difference would mean that the above says nothing of it.
different="$(cd "$work/$first" && find . -name '*.class' | while read -r class; do cmp -s "$class" "$root/connector/target/classes/$class" || echo "$class"; done)"
if [[ -z "$different" ]]; then
  echo "The jar's classes: the same"
  passed=$((passed + 1))
else
  printf 'The jar'\''s classes: FAILED, these differ:\n%s\n' "$different"
  failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
exit $((failed > 0))
