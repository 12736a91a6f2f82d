-- the newest time of the ticker that is furthest behind; from there on the monitor needs the ticks to be restored
alter table feed_positions add column slowest_at timestamptz(6);
