#!/usr/bin/env bash
# Captures what two programs say to each other, on a wire of their own: a pair of virtual Ethernet
# cards (veth) between two network namespaces, so that addresses, the MSS and checksums are those of
# a real network. Linux, as root; needs ip, ethtool, dumpcap and editcap.
#
#     lessons/data/capture.sh FILE.pcapng 'SERVER COMMAND' 'CLIENT COMMAND'
#     lessons/data/capture.sh --loopback FILE.pcapng 'SERVER COMMAND' 'CLIENT COMMAND'
#
# The server runs at 10.0.0.1, the client at 10.0.0.2, both from the top folder of the course; with
# --loopback both are on one machine, and the capture is of its loopback interface. The client is
# started once the server has printed "Listening on", and the capture ends a moment after the client.
set -euo pipefail
self=$(realpath "$0")
cd "$(dirname "$self")/../.."
loopback=
[ "${1:-}" = --loopback ] && loopback=1 && shift
[ $# = 3 ] || { sed -n '2,/^set/s/^# \?//p' "$self" | sed '$d'; exit 2; }
out=$1 server=$2 client=$3
s=server$$ c=client$$ card=veth-s
export SERVER_NS=$s # for a client that wants to look at the server's machine
[ -n "$loopback" ] && c=$s card=lo
log=$(mktemp -d)
started=()

end() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for ns in "$s" "$c"; do ip netns delete "$ns" 2>/dev/null || true; done
  rm -rf "$log"
}
trap end EXIT

until_file_says() { # FILE WORDS
  for _ in $(seq 200); do
    grep -q "$2" "$1" 2>/dev/null && return
    sleep 0.05
  done
  echo "Waited 10 s for \"$2\":" >&2
  cat "$1" >&2
  exit 1
}

wire() { # a cable between the two, on which the first packet will be the SYN
  ip netns add "$c"
  ip link add veth-s netns "$s" address 02:00:00:00:00:01 type veth \
    peer name veth-c netns "$c" address 02:00:00:00:00:02
  for end in "$s veth-s 1 2" "$c veth-c 2 1"; do
    local ns mine me other
    read -r ns mine me other <<<"$end"
    # What cards do for the kernel, checksums and the cutting into segments, is done after the
    # capture has seen the packet.
    ip netns exec "$ns" ethtool -K "$mine" tx off tso off gso off gro off >/dev/null
    ip netns exec "$ns" sysctl -qw net.ipv6.conf.all.disable_ipv6=1
    ip -n "$ns" link set "$mine" up
    ip -n "$ns" address add "10.0.0.$me/24" dev "$mine"
    ip -n "$ns" neighbour replace "10.0.0.$other" lladdr "02:00:00:00:00:0$other" dev "$mine"
  done
}

ip netns add "$s"
ip -n "$s" link set lo up
[ -n "$loopback" ] || wire

# What a client sends to no card at all, 02:00:00:00:00:ff, is lost: it never came here.
lost='ether dst 02:00:00:00:00:ff'
ip netns exec "$s" dumpcap -q -i "$card" -f "tcp and not $lost" -w "$log/wire.pcapng" \
  2>"$log/dumpcap" &
dumpcap=$!
started+=("$dumpcap")
until_file_says "$log/dumpcap" "File:"
ip netns exec "$s" $server >"$log/server" 2>&1 &
started+=($!)
until_file_says "$log/server" "Listening on"
ip netns exec "$c" $client || true
sleep 1
kill -INT "$dumpcap"
wait "$dumpcap" || true
# By way of a format that has no room for the names of this machine and its parts.
editcap -F nsecpcap "$log/wire.pcapng" "$log/plain.pcap"
editcap -F pcapng "$log/plain.pcap" "$log/plain.pcapng"
mkdir -p "$(dirname "$out")"
mv "$log/plain.pcapng" "$out"
