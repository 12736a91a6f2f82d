-- how far the push of an alert to the webhook has come; null: there was none to push to when it was stored
alter table alerts add column delivery varchar(9)
    check (delivery in ('pending', 'queued', 'delivered', 'gone', 'failed'));
create index alerts_to_deliver on alerts (trigger_timestamp, id) where delivery = 'pending';
