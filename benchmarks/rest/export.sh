#!/bin/sh
# Streams all trades of a server as CSV and as NDJSON: export.sh URL PID-OF-THE-SERVER
# The server was started with -Xmx256m on a database that fill.sql has filled. Prints lines, bytes and seconds, and the
# most memory that the server's process has had, heap and all.
set -eu
url=$1; pid=$2
for type in text/csv application/x-ndjson; do
    start=$(date +%s.%N)
    counted=$(curl -sSf -H "Accept: $type" "${url}trades/" | wc -lc)
    echo "$type $counted $start $(date +%s.%N)" \
        | awk '{printf "%s: %d lines, %d bytes, %.1f s\n", $1, $2, $3, $5 - $4}'
done
grep VmHWM "/proc/$pid/status"
