#!/usr/bin/env bash
# What dig sends over TCP and what the server of exercise 3 answers, as the wiretap shows it: dig.txt.
# What dig itself says of it: dig-says.txt.
set -euo pipefail
cd "$(dirname "$0")/../../.."
here=lessons/data/10-frames
folder=$(mktemp -d)
trap 'kill $(jobs -p); rm -r "$folder"' EXIT

# Starts a server, and waits until it has said its port.
listen() {
  "${@:2}" >"$folder/$1" &
  until grep -q '^Listening on' "$folder/$1"; do sleep 0.1; done
  port=$(sed -n 's/^Listening on .*://p' "$folder/$1")
}

listen server node solutions/10-frames/3-dns-over-tcp.ts 0
{
  echo "# dig @127.0.0.1 -p 65432 +tcp +nocmd +nostats course.test"
  echo "$(dig @127.0.0.1 -p "$port" +tcp +nocmd +nostats course.test | expand)"
} >$here/dig-says.txt

listen wiretap node examples/07-stream/wiretap.ts 0 "$port" u16
dig @127.0.0.1 -p "$port" +tcp +noedns +noadflag course.test >/dev/null
until grep -q '<- FIN' "$folder/wiretap"; do sleep 0.1; done
{
  echo "# $here/dig.sh"
  grep -v '^Listening on' "$folder/wiretap"
} >$here/dig.txt
