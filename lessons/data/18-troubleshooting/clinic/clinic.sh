#!/usr/bin/env bash
# Runs the services of lesson 18's clinic before they are cured, each with a client that complains of
# it, and keeps what both said (.log), what ss says on the server's machine (.ss), and all that passed
# (.pcapng). Linux, as root; see capture.sh.
#
#     lessons/data/18-troubleshooting/clinic/clinic.sh [SERVICE...]
set -euo pipefail
cd "$(dirname "$0")/../../../.."
here=lessons/data/18-troubleshooting/clinic
[ $# -gt 0 ] || set -- lobby clerk press till depot quotes report oracle gate archive

shorten() { # keeps 120 bytes of each frame
  editcap -F pcapng -s 120 "$1" "$1.short"
  mv "$1.short" "$1"
}

for service in "$@"; do
  export LOG=$here/$service.log SS=$here/$service.ss
  : >"$LOG"
  lessons/data/capture.sh "$here/$service.pcapng" "$here/serve.sh $service" \
    "python3 $here/client.py $service"
  rm -f "$LOG.pid"
  [ "$service" != depot ] || shorten "$here/depot.pcapng"
done
