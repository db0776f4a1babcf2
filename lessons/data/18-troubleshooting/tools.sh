#!/usr/bin/env bash
# What tools print that need root, or whose output differs from run to run: ping*.txt, lsof.txt,
# proc.txt, strace*.txt and tcpdump.txt, each below the command that was typed. Linux, as root.
set -euo pipefail
cd "$(dirname "$0")/../../.."
here=lessons/data/18-troubleshooting
examples=examples/18-troubleshooting
started=()
trap 'for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done' EXIT

serve() { # EXAMPLE [WORD]: starts a server on port 65432, and waits until it listens
  local said
  said=$(mktemp)
  node "$examples/$1.ts" 65432 ${2:+"$2"} >"$said" &
  server=$!
  started+=("$server")
  until grep -q Listening "$said"; do sleep 0.05; done
  rm "$said"
}

stop() {
  kill "$1"
  wait "$1" 2>/dev/null || true
}

record() { # FILE COMMAND: runs it, and keeps it with what it printed
  { echo "# $2"; bash -c "$2" 2>&1 || true; } | sed 's/ *$//' >"$here/$1"
}

record ping.txt 'ping -c 1 127.0.0.1'
# A machine that answers no ping, and serves all the same.
export -f record
here=$here unshare -n bash -c "
  ip link set lo up
  sysctl -qw net.ipv4.icmp_echo_ignore_all=1
  record ping-off.txt 'ping -c 1 -W 1 127.0.0.1'
  node $examples/conn-log.ts 65432 >/dev/null & server=\$!
  sleep 0.5
  record ping-off-visitor.txt 'node $examples/visitor.ts'
  kill \$server"

serve conn-log
record lsof.txt 'lsof -nP -iTCP:65432'
record strace.txt "strace -f -e trace=socket,connect,getsockopt node $examples/visitor.ts 2>&1 | grep -v -e exited -e attached"
tcpdump -n -i lo -c 4 'tcp port 65432' >"$here/tcpdump.txt" 2>"$here/tcpdump.err" &
dump=$!
until grep -q listening "$here/tcpdump.err" 2>/dev/null; do sleep 0.05; done
node "$examples/visitor.ts" >/dev/null
wait "$dump"
sed -i "1i # tcpdump -n -i lo -c 4 'tcp port 65432'" "$here/tcpdump.txt"
rm "$here/tcpdump.err"
stop "$server"

for what in read answer; do
  serve silent "$what"
  record "strace-$what.txt" "timeout 2 strace -p $server" & strace=$!
  until grep -q 'TracerPid:[^0-9]*[1-9]' "/proc/$server/status"; do sleep 0.05; done
  node "$examples/visitor.ts" 65432 stays >/dev/null & visitor=$!
  started+=("$visitor")
  wait "$strace"
  [ "$what" = answer ] || record proc.txt "grep ':FF98 ' /proc/net/tcp"
  stop "$visitor"
  stop "$server"
done
