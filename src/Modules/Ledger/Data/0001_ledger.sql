create table ledger_head (
    tenant_id  integer not null,
    number     bigint  not null,
    hash       bytea   not null,
    posted_at  bigint  not null,
    primary key (tenant_id)
);

create table ledger_account (
    tenant_id  integer      not null,
    id         integer      not null,
    code       varchar(120) not null,
    balance    bigint       not null,
    primary key (tenant_id, id),
    unique (tenant_id, code)
);

create table ledger_entry (
    tenant_id  integer      not null,
    number     bigint       not null,
    kind       varchar(40)  not null,
    source     varchar(160) not null,
    at         bigint       not null,
    posted_at  bigint       not null,
    memo       varchar(300) not null,
    order_id   uuid,
    hash       bytea        not null,
    primary key (tenant_id, number),
    unique (tenant_id, source)
);
create index ledger_entry_order on ledger_entry (tenant_id, order_id);
create index ledger_entry_posted on ledger_entry (tenant_id, posted_at);

create table ledger_posting (
    tenant_id     integer not null,
    entry_number  bigint  not null,
    line          integer not null,
    account_id    integer not null,
    amount        bigint  not null,
    primary key (tenant_id, entry_number, line),
    foreign key (tenant_id, entry_number) references ledger_entry (tenant_id, number),
    foreign key (tenant_id, account_id) references ledger_account (tenant_id, id)
);
create index ledger_posting_account on ledger_posting (tenant_id, account_id, entry_number);
