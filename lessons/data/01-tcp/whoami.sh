#!/usr/bin/env bash
# A question and its answer, from the first packet to the last.
"$(dirname "$0")/../capture.sh" lessons/data/01-tcp/whoami.pcapng \
  'node examples/01-tcp/whoami-server.ts 65432 10.0.0.1' \
  'node examples/01-tcp/whoami-client.ts 65432 10.0.0.1'
