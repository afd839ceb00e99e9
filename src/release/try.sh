#!/usr/bin/env bash
# Installs what was built as a stranger would, each time into an environment that has nothing of this project, and runs README's
# example there against a stand-in: spark-submit --packages from the release's repository, then pip install of the wheels.
# Usage: src/release/try.sh VERSION [SPARK]. Called by `make try-release`, which builds release and wheels first.
set -euo pipefail
source "$(dirname "$0")/../test/sparks.sh"
version="${1:?Give the version, such as 0.1.0}"
spark="${2:-4.2.0}"
repository="$root/target/release/$version/repository"
work="$(mktemp -d)"
trap 'kill "$service" 2> /dev/null; rm -rf "$work"' EXIT
service=''

java -jar "$repository/io/github/spark-ncbi-gene/ncbi-gene-testkit/$version/ncbi-gene-testkit-$version-standalone.jar" \
  --port 0 > "$work/service.log" &
service=$!
for _ in $(seq 100); do
  grep -q 'Listening on ' "$work/service.log" && break
  sleep 0.1
done
url="$(sed -n 's/.*Listening on //p' "$work/service.log" | tr -d '[:space:]')"

python3 - "$root/README.md" "$work" <<'PY'
import pathlib, re, sys
readme = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
code, output = re.search(r"```python\n(.*?)```\s*```text\n(.*?)```", readme, re.S).groups()
work = pathlib.Path(sys.argv[2])
work.joinpath("expected.txt").write_text(output, encoding="utf-8")
begin = "from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n"
work.joinpath("packages.py").write_text(begin + code, encoding="utf-8")
work.joinpath("wheel.py").write_text(begin + "import spark_ncbi_gene\nspark_ncbi_gene.enable(spark)\n" + code, encoding="utf-8")
PY

# shows NAME: the output of a run holds the table that README shows.
shows() {
  python3 - "$work/expected.txt" "$work/$1.out" <<'PY' || { echo "$1: the output is not README's:"; cat "$work/$1.out" "$work/$1.err"; exit 1; }
import pathlib, sys
expected, output = (pathlib.Path(path).read_text(encoding="utf-8") for path in sys.argv[1:])
sys.exit(expected.strip() not in output)
PY
  echo "$1: README's example runs, and shows what README shows."
}

setting=(--master 'local[2]' --conf spark.ui.enabled=false --conf "spark.datasource.ncbi-gene.base_url=$url")

python3 -m venv "$work/with-packages"
"$work/with-packages/bin/pip" install --quiet --disable-pip-version-check "pyspark==$spark"
PYSPARK_PYTHON="$work/with-packages/bin/python" "$work/with-packages/bin/spark-submit" "${setting[@]}" \
  --packages "io.github.spark-ncbi-gene:spark-ncbi-gene:$version" --repositories "file://$repository" \
  --conf "spark.jars.ivy=$work/ivy" "$work/packages.py" > "$work/packages.out" 2> "$work/packages.err" || true
shows packages

python3 -m venv "$work/with-wheel"
"$work/with-wheel/bin/pip" install --quiet --disable-pip-version-check "pyspark==$spark"
"$work/with-wheel/bin/pip" install --quiet --disable-pip-version-check --no-index --find-links "$root/python/dist" spark-ncbi-gene
PYSPARK_PYTHON="$work/with-wheel/bin/python" "$work/with-wheel/bin/spark-submit" "${setting[@]}" "$work/wheel.py" \
  > "$work/wheel.out" 2> "$work/wheel.err" || true
shows wheel
