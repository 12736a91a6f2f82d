-- A price tick without a quantity has quantity 0. A window that has only such ticks has no VWAP.
alter table price_ticks drop constraint price_ticks_quantity_check;
alter table price_ticks add constraint price_ticks_quantity_check check (quantity >= 0);
alter table averages alter column vwap drop not null;
