#!/usr/bin/env bash
# A machine vanishes: the cable between two network namespaces is pulled, and neither side is told.
# Linux, as root.
#
#     bash lessons/data/13-errors/cable.sh node
#     bash lessons/data/13-errors/cable.sh deno
set -euo pipefail
program=lessons/data/13-errors/cable.ts
case $1 in
  node) command="node $program" ;;
  deno) command="deno run --quiet --allow-net=10.0.0.1 --allow-ffi --allow-read $program" ;;
esac
s=far$$ c=near$$
log=$(mktemp -d)
end() {
  kill "${server:-}" 2>/dev/null || true
  for ns in "$s" "$c" "$s-m"; do ip netns delete "$ns" 2>/dev/null || true; done
  rm -rf "$log"
}
trap end EXIT
ip netns add "$s"
ip netns add "$c"
# A card sees its own cable go; of one behind the switch between them it knows nothing.
ip netns add "$s-m"
ip link add veth-s netns "$s" type veth peer name to-s netns "$s-m"
ip link add veth-c netns "$c" type veth peer name to-c netns "$s-m"
ip -n "$s-m" link add switch type bridge
for port in to-s to-c; do ip -n "$s-m" link set "$port" master switch up; done
ip -n "$s-m" link set switch up
for place in "$s veth-s 1" "$c veth-c 2"; do
  read -r ns card number <<<"$place"
  ip -n "$ns" link set "$card" up
  ip -n "$ns" address add "10.0.0.$number/24" dev "$card"
done
cat >"$log/server.py" <<'PY'
import socket
listener = socket.create_server(("10.0.0.1", 65432))
print("Listening", flush=True)
kept = []
while True:
    kept.append(listener.accept())
PY
ip netns exec "$s" python3 "$log/server.py" >"$log/server" &
server=$!
until grep -q Listening "$log/server" 2>/dev/null; do sleep 0.1; done
ip netns exec "$c" $command 10.0.0.1 65432 "$log/pulled" >"$log/out" &
client=$!
until grep -q connected "$log/out" 2>/dev/null; do sleep 0.1; done
sleep 1
ip -n "$s-m" link set to-s down
touch "$log/pulled"
wait "$client"
tail -n +2 "$log/out"
