#!/usr/bin/env bash
# What a thread for each client costs, on each runtime: threads.txt. Run it on a machine at rest.
set -euo pipefail
cd "$(dirname "$0")/../../.."
here=lessons/data/04-blocking
table=$(mktemp)
{
  echo "# $here/threads.sh"
  node $here/threads.ts
  deno run --allow-ffi --allow-read=. $here/threads.ts
  python3 $here/threads.py
  echo "on $(uname -sr | cut -d- -f1), $(nproc) cores, $(uname -m)"
} >"$table"
mv "$table" $here/threads.txt
