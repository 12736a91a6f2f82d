-- A feed's last sequence number is its offset; a detector's stored state is a snapshot; a feed restarts its sequence.
alter table feed_positions rename to feed_offsets;
alter table feed_offsets rename column anew_at to restarted_at;
alter table monitor_memories rename to detector_snapshots;
alter table detector_snapshots rename column memory to snapshot;

-- Pushes that an older build has queued name a class that has moved: they are queued again, under the same job ids.
update alerts set delivery = 'pending' where delivery = 'queued';
