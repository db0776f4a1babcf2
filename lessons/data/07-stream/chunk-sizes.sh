#!/usr/bin/env bash
# How large the chunks are in which one write of 1 MiB arrives, and how many.
#
# 200 writes for each runtime, each on a connection of its own over loopback; the sender and the
# receiver are two processes of the same runtime, both examples/07-stream/chunk-sizes.ts. A row says
# how many chunks had that size, or how many writes arrived in so many chunks: chunk-sizes.tsv.
set -euo pipefail
cd "$(dirname "$0")/../../.."
program=examples/07-stream/chunk-sizes.ts
sizes=$(mktemp)
table=$(mktemp)
trap 'rm -f "$sizes" "$table"' EXIT

# The sizes of the chunks of 200 writes, a write a line.
measure() {
  "$@" $program receive 0 >"$sizes" &
  local receiver=$! port=
  until [ -n "$port" ]; do
    sleep 0.1
    port=$(sed -n 's/^Listening on 127.0.0.1://p' "$sizes")
  done
  "$@" $program send "$port" 200
  until [ "$(grep -vc Listening "$sizes")" = 200 ]; do sleep 0.1; done
  kill "$receiver"
  wait "$receiver" || true
  sed -i '/Listening/d' "$sizes"
}

# Rows from what measure() left.
rows() {
  tr ' ' '\n' <"$sizes" | sort -n | uniq -c | awk -v name="$1" '{ print name "\tbytes\t" $2 "\t" $1 }'
  awk '{ print NF }' "$sizes" | sort -n | uniq -c | awk -v name="$1" '{ print name "\tchunks\t" $2 "\t" $1 }'
}

{
  echo "# lessons/data/07-stream/chunk-sizes.sh"
  echo "# $(uname -sr | cut -d- -f1), $(nproc) cores, $(uname -m), Node $(node -v | cut -c2-), $(deno -V)"
  printf 'runtime\tof\tvalue\ttimes\n'
  measure node
  rows Node
  measure deno run --allow-net=127.0.0.1
  rows Deno
} >"$table"
mv "$table" lessons/data/07-stream/chunk-sizes.tsv
