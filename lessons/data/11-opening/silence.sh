#!/usr/bin/env bash
# Nine seconds of a client that calls at a server whose queue is full.
"$(dirname "$0")/../capture.sh" lessons/data/11-opening/silence.pcapng \
  'python3 lessons/data/11-opening/full_queue.py' \
  'node examples/11-opening/knock.ts 10.0.0.1 65432 9000'
