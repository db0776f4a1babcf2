#!/usr/bin/env bash
# A client sends five bytes and waits for an answer, which never comes; after a second it gives up.
"$(dirname "$0")/../capture.sh" lessons/data/18-troubleshooting/no-line-end.pcapng \
  'node examples/18-troubleshooting/conn-log.ts 65432 10.0.0.1' \
  'node examples/18-troubleshooting/visitor.ts 65432 ends Hello 10.0.0.1'
