#!/usr/bin/env bash
# One message in chunks of 1024 bytes: joined with each, and once
#
# Writes concat-cost.tsv, in milliseconds of processor time. It takes about a minute.
set -euo pipefail
cd "$(dirname "$0")/../../.."
table=$(mktemp)
{
  echo "# lessons/data/10-frames/concat-cost.sh"
  echo "# on $(uname -sr | cut -d- -f1), $(nproc) cores, $(uname -m); Node $(node -p process.versions.node), $(deno --version | head -1 | cut -d' ' -f1,2)"
  printf 'runtime\tmebibytes\tconcatMs\tlistMs\n'
  node examples/10-frames/concat-cost.ts 8 tsv
  deno run examples/10-frames/concat-cost.ts 8 tsv
} >"$table"
mv "$table" lessons/data/10-frames/concat-cost.tsv
