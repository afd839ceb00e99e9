# Functions over sparks.tsv, for the scripts here, which source it from anywhere.

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
out="$here/target/matrix"
mkdir -p "$out"

# sparks [NAME...]: the lines of the table, or those of these names; never those of the names in EXCEPT.
sparks() {
  local name rest wanted
  for wanted in "$@" ${EXCEPT:-}; do
    grep -qE "^$wanted[[:space:]]" "$here/sparks.tsv" || {
      echo "There is no Spark '$wanted' in src/test/sparks.tsv. Give one of: $(awk '/^[^#]/ { print $1 }' "$here/sparks.tsv" | xargs)" >&2
      return 1
    }
  done
  while read -r name rest; do
    [[ -z "$name" || "$name" == \#* ]] && continue
    if [[ ($# -eq 0 || " $* " == *" $name "*) && " ${EXCEPT:-} " != *" $name "* ]]; then
      echo "$name $rest"
    fi
  done < "$here/sparks.tsv"
}

# class_path SPARK SCALA FROM: the class path of a Spark, fetched if it is not here yet.
class_path() {
  local file="$out/class-path-$1-$2-$3"
  if [[ ! -s "$file" ]] || ! tr ':' '\n' < "$file" | sed 's,/\*$,,' | xargs ls -d > /dev/null 2>&1; then
    case "$3" in
      maven)
        "${MVN:-mvn}" ${MVN_FLAGS:---batch-mode} --quiet --file "$here/spark.pom.xml" "-Dspark=$1" "-Dscala=$2" \
          dependency:build-classpath "-Dmdep.outputFile=$file" >&2 || return 1 ;;
      pip)
        local venv="$root/.venv/spark-$1"
        command -v python3 > /dev/null || { echo "Python 3 is needed to fetch Spark $1: python3 is not found." >&2; return 1; }
        # The doors may have it already.
        [[ -d "$root/.venv/pyspark-$1" ]] && venv="$root/.venv/pyspark-$1"
        if ! ls -d "$venv"/lib/python*/site-packages/pyspark/jars > /dev/null 2>&1; then
          python3 -m venv "$venv" >&2 && "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps "pyspark==$1" >&2 || return 1
        fi
        printf '%s/*' "$(ls -d "$venv"/lib/python*/site-packages/pyspark/jars)" > "$file" ;;
    esac
  fi
  cat "$file"
}

version_of() {
  "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'
}

# jdk VERSION: the home of a JDK of this version; fails if there is none.
jdk() {
  local given="JDK${1}_HOME" home
  local path_java
  path_java="$(command -v java || true)"
  for home in "${!given:-}" "${JAVA_HOME:-}" ${path_java:+"$(dirname "$(dirname "$(readlink -f "$path_java")")")"} \
    /usr/lib/jvm/*"$1"* /opt/*jdk*"$1"* "$HOME"/.sdkman/candidates/java/"$1"* "$HOME"/.jdks/*"$1"* \
    /Library/Java/JavaVirtualMachines/*"$1"*/Contents/Home; do
    if [[ -n "$home" && -x "$home/bin/java" && "$(version_of "$home")" == "$1" ]]; then
      echo "$home"
      return 0
    fi
  done
  return 1
}

# environment NAME REQUIREMENT...: a virtual environment that has these and those of doors/requirements.txt, rebuilt only when
# they change. With TEST_PYTHON it is one of that Python, and has the versions of doors/requirements.txt that this one takes.
environment() {
  local venv="$root/.venv/$1" wanted
  wanted="$(printf '%s\n' "${@:2}"; sed "${TEST_PYTHON:+s/==.*//}" "$here/doors/requirements.txt")"
  if [[ "$(cat "$venv/installed.txt" 2> /dev/null)" != "$wanted" ]]; then
    rm -rf "$venv"
    "${TEST_PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r /dev/stdin <<< "$wanted"
    printf '%s\n' "$wanted" > "$venv/installed.txt"
  fi
}
