-- who may call; of a key only its SHA-256 is kept
create table api_keys (
    id         varchar(12)    collate "C" primary key,
    name       varchar(64)    not null,
    hash       bytea          not null check (octet_length(hash) = 32),
    scopes     varchar(32)    not null,
    created_at timestamptz(6) not null,
    expires_at timestamptz(6),
    revoked_at timestamptz(6)
);
