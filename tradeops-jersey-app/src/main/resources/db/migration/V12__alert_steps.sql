-- An excursion may give several alerts, which are numbered from 1. Alerts of an older build were the first of theirs.
alter table alerts add column step integer not null default 1 check (step >= 1);
