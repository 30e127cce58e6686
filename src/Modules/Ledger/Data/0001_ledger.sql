-- Accounts are made when they are first posted to, and never change.
create table ledger_account (
    tenant_id  integer      not null,
    id         integer      not null,
    code       varchar(120) not null,
    primary key (tenant_id, id),
    unique (tenant_id, code)
);

-- What one transaction has posted: up to 65,536 entries, whose ids are 65536 * batch + 0, 1, 2 … Append-only.
create table ledger_batch (
    tenant_id  integer not null,
    id         bigint  not null,
    entries    integer not null,
    posted_at  bigint  not null,
    salt       bytea   not null,
    root       bytea   not null,
    primary key (tenant_id, id)
);
-- Where a month begins.
create index ledger_batch_posted on ledger_batch (tenant_id, posted_at, id);

-- Batches that wait for their numbers.
create table ledger_unsealed (
    tenant_id  integer not null,
    batch_id   bigint  not null,
    primary key (tenant_id, batch_id)
);

-- Held by whoever seals: the end of the chain.
create table ledger_head (
    tenant_id  integer not null,
    height     integer not null,
    number     bigint  not null,
    hash       bytea   not null,
    primary key (tenant_id)
);

-- A sealed run of numbers, each over the one before. Append-only.
create table ledger_block (
    tenant_id     integer not null,
    height        integer not null,
    first_number  bigint  not null,
    last_number   bigint  not null,
    sealed_at     bigint  not null,
    root          bytea   not null,
    hash          bytea   not null,
    primary key (tenant_id, height)
);

-- Where a batch stands in the chain: its entries are first_number, first_number + 1 … Append-only.
create table ledger_seal (
    tenant_id     integer not null,
    batch_id      bigint  not null,
    height        integer not null,
    position      integer not null,
    first_number  bigint  not null,
    primary key (tenant_id, batch_id),
    unique (tenant_id, height, position)
);

-- What sealed entries have moved, by the month that they are booked in.
create table ledger_balance (
    tenant_id   integer not null,
    account_id  integer not null,
    period      integer not null,
    debits      bigint  not null,
    credits     bigint  not null,
    primary key (tenant_id, account_id, period)
);

-- Months are closed (关账) one after the other, and the last one can be opened again: each act is kept. Append-only.
create table ledger_closing (
    tenant_id       integer      not null,
    sequence        integer      not null,
    closed_through  integer      not null,
    at              bigint       not null,
    actor           varchar(200) not null,
    reason          varchar(500) not null,
    height          integer      not null,
    primary key (tenant_id, sequence)
);
