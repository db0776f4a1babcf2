#!/usr/bin/env bash
# Two clients call at a listener with room for one more. Both of their SYNs come while there is room, and
# the last ACK of the second comes when there is none. Linux, as root; needs ip, python3 and ss.
#
#     lessons/data/11-opening/believes.sh
#
# What is sent to the card 02:00:00:00:00:ff is lost, for there is none.
set -euo pipefail
s=server$$ c=client$$
log=$(mktemp)
started=()
trap 'kill "${started[@]}"; ip netns delete $s; ip netns delete $c; rm "$log"' EXIT
ip netns add "$s"
ip netns add "$c"
ip link add veth-s netns "$s" address 02:00:00:00:00:01 type veth \
  peer name veth-c netns "$c" address 02:00:00:00:00:02
for end in "$s veth-s 1 2" "$c veth-c 2 1"; do
  read -r ns card me other <<<"$end"
  ip -n "$ns" link set lo up
  ip -n "$ns" link set "$card" up
  ip -n "$ns" address add "10.0.0.$me/24" dev "$card"
  ip -n "$ns" neighbour replace "10.0.0.$other" lladdr "02:00:00:00:00:0$other" dev "$card"
done
until_it_says() {
  for _ in $(seq 200); do
    grep -q "$1" "$log" && return
    sleep 0.05
  done
  exit 1
}
ip -n "$s" neighbour replace 10.0.0.2 lladdr 02:00:00:00:00:ff dev veth-s
ip netns exec "$s" python3 -uc '
import socket, time
listener = socket.create_server(("10.0.0.1", 65432), backlog=4)
mine = [socket.create_connection(("10.0.0.1", 65432)) for _ in range(4)]
print("Listening")
time.sleep(3600)' >>"$log" &
started+=($!)
until_it_says Listening
ip netns exec "$c" python3 -uc '
import select, socket, time
clients = [socket.socket() for _ in range(2)]
for client in clients:
    client.setblocking(False)
    client.connect_ex(("10.0.0.1", 65432))
    time.sleep(0.1)
print("Called")
for client in clients:
    select.select([], [client], [])
print("Connected")
time.sleep(3600)' >>"$log" &
started+=($!)
until_it_says Called
# Now the other way round: answers arrive, and the last ACKs of both handshakes do not.
ip -n "$c" neighbour replace 10.0.0.1 lladdr 02:00:00:00:00:ff dev veth-c
ip -n "$s" neighbour replace 10.0.0.2 lladdr 02:00:00:00:00:02 dev veth-s
until_it_says Connected
ip -n "$c" neighbour replace 10.0.0.1 lladdr 02:00:00:00:00:01 dev veth-c
# The server's kernel answers both once more, and gets both ACKs.
sleep 5
for side in "client's $c" "server's $s"; do
  echo "The ${side% *} kernel:"
  ip netns exec "${side#* }" ss -Htan | grep -v '10.0.0.1:[0-9]* *10.0.0.1' | awk '{ print "  " $1, $2, $3, $4, $5 }' | sort
done
