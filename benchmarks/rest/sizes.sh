#!/bin/sh
# Measures how the cost of a page of one ticker depends on the size of the table: sizes.sh URL-OF-SMALL URL-OF-LARGE [ROUNDS]
# Start two servers on two databases of one PostgreSQL, each created by `serve` and filled by fill.sql. The script warms each
# of them up for a minute, and then loads them in turn, so that both run under the same conditions. It prints requests/s, p50
# and p99 of each round.
set -eu
small=$1; large=$2; rounds=${3:-5}
query='trades/?ticker=AAPL&limit=50'

load() { # URL SECONDS
    wrk -t1 -c32 -d"$2" --latency "$1$query"
}

for url in "$small" "$large"; do
    load "$url" 60s >/dev/null
done
for round in $(seq "$rounds"); do
    for url in "$small" "$large"; do
        load "$url" 5s | awk -v url="$url" -v load="$(cut -d' ' -f1 /proc/loadavg)" \
            '/50%/ {p50=$2} /99%/ {p99=$2} /Requests\/sec/ {r=$2} /Non-2xx/ {print "errors:", $0}
             END {print url, r, "requests/s", "p50", p50, "p99", p99, "load", load}'
    done
done
