-- what a monitor knew after a tick, so that the next start has to see only the ticks since then
create table monitor_memories (
    feed     integer primary key references feed_positions (id) on delete cascade,
    last_seq bigint  not null,
    memory   bytea   not null
);
alter table monitor_memories alter column memory set storage external;
-- the earliest time of the ticks since then, far in the future if there are none; null: what was kept is not to be used
alter table feed_positions add column tail_from timestamptz(6);
-- the newest time of the ticks before the feed counted anew: up to it numbers don't tell what came first
alter table feed_positions add column anew_at timestamptz(6);
