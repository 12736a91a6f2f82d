create schema if not exists jobrunr;

create table trades (
    id          uuid           primary key,
    ticker      varchar(32)    collate "C" not null,
    price       numeric(18, 8) not null check (price > 0),
    quantity    numeric(18, 8) not null check (quantity > 0),
    side        varchar(4)     check (side in ('buy', 'sell')),
    executed_at timestamptz(6) not null,
    trade_id    varchar(128)   collate "C",
    received_at timestamptz(6) not null
);

create index trades_by_time on trades (executed_at, id);
create index trades_by_ticker_and_time on trades (ticker, executed_at, id);
create unique index trades_sender_id on trades (ticker, trade_id) where trade_id is not null;

-- one partition per day, made as ticks come and dropped when they are old
create table price_ticks (
    ticker      varchar(32)    collate "C" not null,
    occurred_at timestamptz(6) not null,
    seq         bigint         not null,
    price       numeric(18, 8) not null check (price > 0),
    quantity    numeric(18, 8) not null check (quantity > 0),
    primary key (occurred_at, ticker, seq)
) partition by range (occurred_at);

-- windows with ticks that no average covers yet; version grows with every batch of ticks
create table open_windows (
    ticker        varchar(32)    collate "C" not null,
    window_start  timestamptz(6) not null,
    width_seconds integer        not null,
    version       bigint         not null default 1,
    primary key (window_start, ticker, width_seconds)
);

create table averages (
    ticker        varchar(32)    collate "C" not null,
    window_start  timestamptz(6) not null,
    width_seconds integer        not null,
    average_price numeric(18, 8) not null,
    vwap          numeric(18, 8) not null,
    open          numeric(18, 8) not null,
    high          numeric(18, 8) not null,
    low           numeric(18, 8) not null,
    close         numeric(18, 8) not null,
    volume        numeric(38, 8) not null,
    tick_count    bigint         not null,
    revision      integer        not null default 1,
    primary key (window_start, ticker, width_seconds)
);

create index averages_by_ticker on averages (ticker, window_start, width_seconds);

create table alerts (
    id                  uuid           primary key,
    ticker              varchar(32)    collate "C" not null,
    rule                varchar(64)    not null,
    change_percent      numeric(24, 4) not null,
    reference_price     numeric(18, 8) not null,
    reference_timestamp timestamptz(6) not null,
    reference_seq       bigint         not null,
    trigger_price       numeric(18, 8) not null,
    trigger_timestamp   timestamptz(6) not null,
    trigger_seq         bigint         not null
);

create index alerts_by_time on alerts (trigger_timestamp, id);
create index alerts_by_ticker_and_time on alerts (ticker, trigger_timestamp, id);

-- how far the monitor has come in a feed
create table feed_positions (
    feed     varchar(512) primary key,
    last_seq bigint       not null
);
