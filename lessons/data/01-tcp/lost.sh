#!/usr/bin/env bash
# The question in three segments, of which the second is lost, and is sent again.
"$(dirname "$0")/../capture.sh" lessons/data/01-tcp/lost.pcapng \
  'node examples/01-tcp/whoami-server.ts 65432 10.0.0.1' \
  'python3 lessons/data/01-tcp/losing_client.py'
