"""Checks a bundle against the rules of Maven Central: python3 check.py BUNDLE.zip VERSION

The rules: each artifact has a pom, a jar, sources and javadoc; each of these files has a signature that holds and MD5 and
SHA-1 checksums that are right; the pom has name, description, url, licence, developer and scm, is of the version and the
place it stands at, and depends on no snapshot. The connector's jar also names what is shaded inside it.
"""

import hashlib
import io
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

GROUP = "io.github.spark-ncbi-gene"
ARTIFACTS = ("spark-ncbi-gene", "ncbi-gene-testkit")
POM = "{http://maven.apache.org/POM/4.0.0}"
REQUIRED = (
    "name",
    "description",
    "url",
    "licenses/license/name",
    "licenses/license/url",
    "developers/developer/name",
    "scm/connection",
    "scm/developerConnection",
    "scm/url",
)


def check(bundle, version):
    """Returns what is wrong, a line each."""
    problems = []
    files = {name: bundle.read(name) for name in bundle.namelist() if not name.endswith("/")}
    if "SNAPSHOT" in version:
        problems.append(f"the version {version} is a snapshot")
    expected = set()
    for artifact in ARTIFACTS:
        base = f"{GROUP.replace('.', '/')}/{artifact}/{version}/{artifact}-{version}"
        required = [f"{base}.pom"] + [f"{base}{kind}.jar" for kind in ("", "-sources", "-javadoc")]
        optional = [name for name in files if name == f"{base}-standalone.jar"]
        for name in required + optional:
            expected |= {name, f"{name}.asc", f"{name}.md5", f"{name}.sha1"}
            problems += check_file(files, name)
        if f"{base}.pom" in files:
            problems += check_pom(files[f"{base}.pom"], artifact, version)
    problems += [f"{name} is not expected" for name in sorted(set(files) - expected)]
    problems += check_shaded(files, version)
    return problems


def check_file(files, name):
    if name not in files:
        return [f"{name} is missing"]
    problems = []
    for algorithm in ("md5", "sha1"):
        said = files.get(f"{name}.{algorithm}", b"").decode().strip()
        if said != hashlib.new(algorithm, files[name]).hexdigest():
            problems.append(f"{name}.{algorithm} is missing or wrong")
    with tempfile.TemporaryDirectory() as folder:
        file, signature = Path(folder, "file"), Path(folder, "file.asc")
        file.write_bytes(files[name])
        signature.write_bytes(files.get(f"{name}.asc", b""))
        if subprocess.run(["gpg", "--batch", "--verify", signature, file], capture_output=True).returncode != 0:
            problems.append(f"{name}.asc is missing or does not hold")
    return problems


def check_pom(text, artifact, version):
    pom = ET.fromstring(text)

    def find(path):
        return (pom.findtext("/".join(POM + part for part in path.split("/"))) or "").strip()

    problems = [f"the pom of {artifact} has no {path}" for path in REQUIRED if not find(path)]
    if (find("groupId"), find("artifactId"), find("version")) != (GROUP, artifact, version):
        problems.append(f"the pom of {artifact} is of something else")
    if pom.find(POM + "parent") is not None:
        problems.append(f"the pom of {artifact} has a parent, which is not published")
    if b"SNAPSHOT" in text:
        problems.append(f"the pom of {artifact} names a snapshot")
    return problems


def check_shaded(files, version):
    """The connector's pom names no dependencies, so its jar must tell scanners what is inside."""
    jar = files.get(f"{GROUP.replace('.', '/')}/spark-ncbi-gene/{version}/spark-ncbi-gene-{version}.jar")
    if jar is None:
        return []
    with zipfile.ZipFile(io.BytesIO(jar)) as content:
        names = set(content.namelist())
        if "META-INF/sbom/spark-ncbi-gene.cdx.json" not in names:
            return ["the connector's jar holds no SBOM"]
        sbom = json.loads(content.read("META-INF/sbom/spark-ncbi-gene.cdx.json"))
    components = {component["name"] for component in sbom["components"]}
    shaded = {"jackson-core", "httpclient5", "httpcore5"}
    return [f"the SBOM does not name {name}" for name in sorted(shaded - components)]


if __name__ == "__main__":
    with zipfile.ZipFile(sys.argv[1]) as opened:
        found = check(opened, sys.argv[2])
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        sys.exit(f"{sys.argv[1]} breaks {len(found)} of the rules of Maven Central.")
    print(f"{sys.argv[1]} keeps the rules of Maven Central.")
