#!/bin/sh
# Streams all trades of a server as CSV and as NDJSON: export.sh URL PID-OF-THE-SERVER
# Start the server with -Xmx256m, on a database that fill.sql has filled. The script prints lines, bytes and seconds, and
# the peak of the memory of the server's process, which includes the heap.
set -eu
url=$1; pid=$2
for type in text/csv application/x-ndjson; do
    start=$(date +%s.%N)
    counted=$(curl -sSf -H "Accept: $type" "${url}trades/" | wc -lc)
    echo "$type $counted $start $(date +%s.%N)" \
        | awk '{printf "%s: %d lines, %d bytes, %.1f s\n", $1, $2, $3, $5 - $4}'
done
grep VmHWM "/proc/$pid/status"
