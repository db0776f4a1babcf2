#!/bin/sh
# The system calls with which a runtime serves one client: examples/06-events/events.ts under
# strace, while nc sends it a line and a FIN.
#
#     sh lessons/data/06-events/trace.sh node
#     sh lessons/data/06-events/trace.sh deno
#
# Linux, with strace and OpenBSD's nc. Only the thread of the event loop is traced, from its
# last line to the close() of the client's socket. Left out are calls on other
# descriptors, all but the last of several waits, and the numbers by which epoll knows a socket.
set -eu

program=examples/06-events/events.ts
case $1 in
  node) command="node $program 0" ;;
  deno) command="deno run --quiet --allow-net=127.0.0.1 $program 0" ;;
esac

calls=$(mktemp)
output=$(mktemp)
trap 'rm -f "$calls" "$output"' EXIT
network=listen,accept4,recvfrom,sendto,shutdown,read,write,close
strace -o "$calls" -s 40 -e "trace=$network,epoll_ctl,epoll_wait,epoll_pwait,io_uring_enter" \
  $command > "$output" &
tracer=$!

port=
until [ -n "$port" ]; do
  sleep 0.1
  port=$(sed -n 's/^Listening on 127.0.0.1://p' "$output")
done
sleep 1
printf 'hello\n' | nc -N 127.0.0.1 "$port" > "$output.nc"
rm "$output.nc"
until grep -q '^close$' "$output"; do sleep 0.1; done
kill "$(pgrep -P "$tracer")"
wait "$tracer" 2> /dev/null || true

client=$(sed -n 's/^accept4(.* = \([0-9]*\)$/\1/p' "$calls")
listener=$(sed -n 's/^listen(\([0-9]*\),.*/\1/p' "$calls")
sed -n "/The last line/,/\"close/p" "$calls" |
  sed -E 's/, data=\{u32=[0-9]+, u64=[0-9]+\}//g; s/ +=/ =/; s/0x[0-9a-f]+/.../g' |
  grep -E "^(listen|accept4|epoll_(ctl|p?wait)|io_uring|write\(1,|[a-z]+\(($client|$listener)\b)" |
  awk '{ if (held != "" && !(/^epoll_p?wait/ && held ~ /^epoll_p?wait/)) print held; held = $0 }
       END { print held }'
