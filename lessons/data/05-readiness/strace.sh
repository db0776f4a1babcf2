#!/usr/bin/env bash
# Shows the calls in which a server of node:net waits, reads and sends, while one client says hello.
# Linux; needs strace and nc.
#
#     lessons/data/05-readiness/strace.sh node
#     lessons/data/05-readiness/strace.sh deno run --allow-net=127.0.0.1
set -euo pipefail
cd "$(dirname "$0")/../../.."
dir=$(mktemp -d)
trap 'kill $server; rm -r "$dir"' EXIT
"$@" examples/02-echo/echo-server.ts 0 >"$dir/out" &
server=$!
until grep -q Listening "$dir/out"; do sleep 0.1; done
port=$(grep -o '[0-9]*$' "$dir/out")
calls=epoll_wait,epoll_pwait,accept4,read,recvfrom,write,sendto
strace -qq -e trace=$calls -p "$server" -o "$dir/calls" &
tracer=$!
sleep 4
printf hello | nc -N 127.0.0.1 "$port" >/dev/null
sleep 1
kill $tracer
wait $tracer || true
# From the wait before the client on; what is printed for whoever watches, addresses and numbers that
# mean something to the kernel alone are left out.
grep -B1 -A99 -m1 accept4 "$dir/calls" | grep -v 'write(1,\|futex\|EINTR\|detached\|= ?$' |
  sed -E 's/\{sa_family[^}]*\}, \[[^]]*\]/.../; s/0x[0-9a-f]+, \[128\]/.../; s/data=\{[^}]*\}/.../; s/ +=/ =/; s/, NULL, 8\)/)/'
