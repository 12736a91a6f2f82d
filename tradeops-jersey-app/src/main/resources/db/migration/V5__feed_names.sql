-- a feed's name is its address without what is secret in it, and may be long
alter table feed_positions alter column feed type text;
