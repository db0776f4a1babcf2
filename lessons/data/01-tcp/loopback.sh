#!/usr/bin/env bash
# The question and the answer of whoami.sh on one machine: no card ever computes the checksums.
"$(dirname "$0")/../capture.sh" --loopback lessons/data/01-tcp/loopback.pcapng \
  'node examples/01-tcp/whoami-server.ts' \
  'node examples/01-tcp/whoami-client.ts'
