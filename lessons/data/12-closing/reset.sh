#!/usr/bin/env bash
# A server has read one byte of six, says good-bye and closes: a reset goes out behind its words.
"$(dirname "$0")/../capture.sh" lessons/data/12-closing/reset.pcapng \
  'node examples/12-closing/hang-up.ts 65432 10.0.0.1 unread' \
  'node examples/12-closing/sum-client.ts 65432 10.0.0.1'
