-- the first answer to each Idempotency-Key, stored in the transaction of what it did
create table idempotency_keys (
    caller      varchar(128)   collate "C" not null,
    key         varchar(255)   collate "C" not null,
    fingerprint char(64)       not null,
    status      smallint       not null,
    location    text           not null,
    body        text           not null,
    created_at  timestamptz(6) not null default now(),
    primary key (caller, key)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);
