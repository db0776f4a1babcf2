#!/usr/bin/env bash
# A client ends its direction first, gets its answer all the same, and is left with TIME-WAIT.
"$(dirname "$0")/../capture.sh" lessons/data/12-closing/half-close.pcapng \
  'node examples/12-closing/sum-server.ts 65432 10.0.0.1' \
  'node examples/12-closing/sum-client.ts 65432 10.0.0.1'
