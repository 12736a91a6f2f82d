-- psql -v rows=10000000 -f benchmarks/rest/fill.sql DATABASE
-- Fills a schema that `serve` has created. Trades are of 100 tickers (AAPL and T1 to T99) in turn, ten per millisecond from
-- 2020 on, with ids that grow with time, like those of the server.
insert into trades (id, ticker, price, quantity, side, executed_at, trade_id, received_at)
select (lpad(to_hex(1577836800000 + i / 10), 12, '0') || '7' || substr(md5(i::text), 1, 3)
        || '8' || substr(md5(i::text), 4, 15))::uuid,
       case i % 100 when 0 then 'AAPL' else 'T' || i % 100 end,
       100 + i % 1000 * 0.01, 1 + i % 7, case i % 2 when 0 then 'buy' else 'sell' end,
       timestamptz '2020-01-01T00:00:00Z' + (i / 10) * interval '1 millisecond', null, now()
from generate_series(0, :rows - 1) as i;
vacuum (analyze) trades;
