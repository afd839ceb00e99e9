#!/usr/bin/env bash
# Runs an installed client of NCBI, datasets, on the stand-in: testkit/ncbi-client.sh summary gene accession NM_021803.4
# STAND_IN is the stand-in's base URL. DATASETS is the client, if it is not on the path.
set -euo pipefail

client=${DATASETS:-datasets}
url=${STAND_IN:-http://127.0.0.1:8080/datasets/v2}

if ! command -v "$client" > /dev/null; then
  echo "NCBI's client is not installed: '$client' is not found. NCBI says how to install it:" >&2
  echo 'https://www.ncbi.nlm.nih.gov/datasets/docs/v2/command-line-tools/download-and-install/' >&2
  exit 1
fi
if ! curl --silent --fail --output /dev/null "${url%/datasets/v2}/testkit/health"; then
  echo "No stand-in answers at $url. Start one: java -jar ncbi-gene-testkit-<version>-standalone.jar --port 8080" >&2
  exit 1
fi
# The stand-in knows no keys, and a key is not sent where it is not needed.
unset NCBI_API_KEY
NCBI_GATEWAY_URL=$url exec "$client" "$@"
