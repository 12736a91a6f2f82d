-- whose tick it is, so that a feed's detector is restored from that feed's ticks alone; null: stored before this was known
alter table feed_positions add column id integer generated always as identity unique;
alter table price_ticks add column feed integer;
