#!/usr/bin/env bash
# A server ends first, and TIME-WAIT is at its end.
"$(dirname "$0")/../capture.sh" lessons/data/12-closing/time-wait.pcapng \
  'node examples/12-closing/hang-up.ts 65432 10.0.0.1 first' \
  'node examples/12-closing/hear-out.ts 65432 10.0.0.1'
