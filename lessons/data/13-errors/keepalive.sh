#!/usr/bin/env bash
# Keepalive asks a client that is stopped: its kernel answers.
"$(dirname "$0")/../capture.sh" --loopback lessons/data/13-errors/keepalive.pcapng \
  'node examples/13-errors/sigstop.ts 65432 keepalive' \
  'python3 examples/13-errors/stops.py 65432 3.5'
