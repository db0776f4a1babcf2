#!/usr/bin/env bash
# Starts a service of the clinic as it was before it was cured, and writes down what it says.
ill=test/answers/18-troubleshooting/1-clinic/wrong-stub-nothing-named-yet.ts
echo $$ >"$LOG.pid"
exec node "$ill" "$1" 65432 10.0.0.1 > >(sed -u 's/^/server: /' | tee -a "$LOG") 2>&1
