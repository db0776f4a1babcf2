#!/bin/sh
# An echo server that may have few descriptors, and thirty clients. Node and Deno need about 20 and
# 25 for themselves.
#
#     sh lessons/data/13-errors/emfile.sh node
#     sh lessons/data/13-errors/emfile.sh deno
set -eu

program=examples/02-echo/echo-server.ts
case $1 in
  node) command="node $program 0" ;;
  deno) command="deno run --quiet --allow-net=127.0.0.1 $program 0" ;;
esac

output=$(mktemp)
(ulimit -n 40 && exec $command > "$output") &
server=$!
trap 'kill "$server" 2> /dev/null || true; rm -f "$output"' EXIT

port=
until [ -n "$port" ]; do
  sleep 0.1
  port=$(sed -n 's/^Listening on 127.0.0.1://p' "$output")
done
sleep 1
python3 lessons/data/13-errors/emfile.py "$port"
