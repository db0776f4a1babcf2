#!/usr/bin/env bash
# A client that calls at a port where nobody listens: 65433, and the server has 65432.
"$(dirname "$0")/../capture.sh" lessons/data/01-tcp/refused.pcapng \
  'node examples/01-tcp/whoami-server.ts 65432 10.0.0.1' \
  'node examples/01-tcp/whoami-client.ts 65433 10.0.0.1'
