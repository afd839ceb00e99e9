#!/usr/bin/env bash
# Builds a release from the last commit and leaves, in target/release:
#   VERSION/spark-ncbi-gene-VERSION-bundle.zip  what Maven Central takes: jars, sources, javadoc, poms, signatures, checksums
#   VERSION/repository                          the same files as a Maven repository, for Spark's --packages
# Usage: src/release/bundle.sh VERSION [KEY]. KEY names a key of gpg; without one, a key is made that is thrown away,
# to try everything but the upload. Called by `make release`.
set -euo pipefail
version="${1:?Give the version, such as 0.1.0}"
key="${2:-}"
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
out="$root/target/release/$version"

[[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+(-(alpha|beta|rc)\.[0-9]+)?$ ]] \
  || { echo "'$version' is not a version of a release, such as 0.1.0 or 0.1.0-rc.1." >&2; exit 1; }
[[ -z "$(git -C "$root" status --porcelain)" ]] \
  || { echo 'The working tree has changes that are not committed. A release is built from a commit: commit or stash them.' >&2; exit 1; }

rm -rf "$out"
mkdir -p "$out/source"
git -C "$root" archive HEAD | tar -x -C "$out/source"
current="$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$root/pom.xml" | head -1)"
git -C "$root" ls-files '*pom.xml' | while read -r pom; do
  sed -i "s|<version>$current</version>|<version>$version</version>|" "$out/source/$pom"
done
# The time in the jars is the commit's, so that the same commit gives the same jars.
time="$(TZ=UTC git -C "$root" log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd)"

# shellcheck disable=SC2086
(cd "$out/source" && ${MVN:-mvn} ${MVN_FLAGS:---batch-mode} --quiet -Pdist --projects testkit,connector \
  -Dmaven.test.skip=true -Dproject.build.outputTimestamp="$time" package) >&2

if [[ -z "$key" ]]; then
  GNUPGHOME="$(mktemp -d)"
  export GNUPGHOME
  trap 'gpgconf --kill gpg-agent; rm -rf "$GNUPGHOME"' EXIT
  key='throw-away@example.invalid'
  gpg --batch --quiet --passphrase '' --quick-generate-key "$key" ed25519 sign never 2> /dev/null
  echo 'Signed with a key that is thrown away: this bundle can be tried, not published.' >&2
fi

publish() {
  local module="$1" artifact="$2" folder file
  folder="$out/repository/io/github/spark-ncbi-gene/$artifact/$version"
  mkdir -p "$folder"
  cp "$out/source/$module/target/published-pom.xml" "$folder/$artifact-$version.pom"
  cp "$out/source/$module/target/$artifact-$version"{,-sources,-javadoc}.jar "$folder/"
  if [[ -f "$out/source/$module/target/$artifact-$version-standalone.jar" ]]; then
    cp "$out/source/$module/target/$artifact-$version-standalone.jar" "$folder/"
  fi
  for file in "$folder"/*.pom "$folder"/*.jar; do
    gpg --batch --quiet --local-user "$key" --armor --detach-sign "$file"
    (cd "$folder" && md5sum "$(basename "$file")" | cut -d ' ' -f 1 > "$file.md5" && sha1sum "$(basename "$file")" | cut -d ' ' -f 1 > "$file.sha1")
  done
}
publish connector spark-ncbi-gene
publish testkit ncbi-gene-testkit
rm -rf "$out/source"

(cd "$out/repository" && python3 -m zipfile -c "$out/spark-ncbi-gene-$version-bundle.zip" io)
python3 "$here/check.py" "$out/spark-ncbi-gene-$version-bundle.zip" "$version"
