-- the order in which alerts were stored, for those who follow them; numbers may be left out
alter table alerts add column seq bigint generated always as identity;
create unique index alerts_by_number on alerts (seq);
