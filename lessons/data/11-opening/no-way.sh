#!/usr/bin/env bash
# What a client hears of addresses at which nobody is, and of a router that lets nothing through. A
# firewall does one of these things, too. Linux, as root; needs ip.
#
#     lessons/data/11-opening/no-way.sh
#
# The client is 10.0.0.2 in a network namespace of its own, the router 10.0.0.1 in another one.
set -euo pipefail
cd "$(dirname "$0")/../../.."
r=router$$ c=client$$
trap 'ip netns delete $r; ip netns delete $c' EXIT
ip netns add "$r"
ip netns add "$c"
ip link add veth-r netns "$r" type veth peer name veth-c netns "$c"
for end in "$r veth-r 10.0.0.1" "$c veth-c 10.0.0.2"; do
  read -r ns card address <<<"$end"
  ip -n "$ns" link set lo up
  ip -n "$ns" link set "$card" up
  ip -n "$ns" address add "$address/24" dev "$card"
done
ip netns exec "$r" sysctl -qw net.ipv4.ip_forward=1
ip -n "$c" route add 192.0.2.0/24 via 10.0.0.1
ip -n "$r" route add unreachable 192.0.2.1
ip -n "$r" route add prohibit 192.0.2.2
ip -n "$r" route add blackhole 192.0.2.3

call() { # WHAT ADDRESS
  printf '%-42s' "$1"
  ip netns exec "$c" node examples/11-opening/knock.ts "$2" 65432 10000 | sed 's/: .*//'
}
call "a machine, and nobody listens" 10.0.0.1
call "no such machine on the same wire" 10.0.0.9
call "no such network" 198.51.100.1
call "a router that says: unreachable" 192.0.2.1
call "a router that says: prohibited" 192.0.2.2
call "a router that drops, and says nothing" 192.0.2.3
