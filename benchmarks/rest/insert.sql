-- pgbench -n -M prepared -c 32 -j 1 -T 5 -f benchmarks/rest/insert.sql tradeops
-- Inserts into a copy of the table: create table pgbench_trades (like trades including all)
insert into pgbench_trades (id, ticker, price, quantity, side, executed_at, trade_id, received_at)
values (gen_random_uuid(), 'AAPL', 187.1234, 100, 'buy', '2026-11-20T14:30:00.123456Z', null, now());
