#!/usr/bin/env bash
# Headers as Python's struct packs them: headers.tsv, one a line.
set -euo pipefail
cd "$(dirname "$0")"
table=$(mktemp)
{
  echo "# lessons/data/09-numbers/headers.sh, with $(python3 --version)"
  python3 ../../../test/peers/pack_headers.py
} >"$table"
mv "$table" headers.tsv
