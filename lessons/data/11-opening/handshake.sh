#!/usr/bin/env bash
# A connection to a server whose program has no time: it begins, and the client ends its half.
"$(dirname "$0")/../capture.sh" lessons/data/11-opening/handshake.pcapng \
  'node examples/11-opening/busy-server.ts 65432 10.0.0.1' \
  'node examples/11-opening/knock.ts 10.0.0.1 65432'
