-- Money that upstreams have paid. Taken back by the counter-entry, never changed otherwise.
create table upstream_receipt (
    tenant_id         integer      not null,
    id                uuid         not null,
    upstream_id       uuid         not null,
    amount            bigint       not null,
    received_on       date         not null,
    bank_no           varchar(80)  not null,
    note              varchar(200) not null,
    by_hand           boolean      not null,
    entry_id          bigint       not null,
    recorded_at       bigint       not null,
    recorded_by       varchar(200) not null,
    reversed_at       bigint,
    reversed_by       varchar(200),
    reverse_reason    varchar(200),
    reverse_entry_id  bigint,
    primary key (tenant_id, id),
    check (amount > 0)
);
create unique index upstream_receipt_bank_no on upstream_receipt (tenant_id, bank_no) where reversed_at is null;
create index upstream_receipt_upstream on upstream_receipt (tenant_id, upstream_id, received_on);

create table bank_file (
    tenant_id    integer      not null,
    id           uuid         not null,
    file_name    varchar(200) not null,
    hash         char(64)     not null,
    from_day     date         not null,
    until_day    date         not null,
    line_count   integer      not null,
    uploaded_at  bigint       not null,
    uploaded_by  varchar(200) not null,
    primary key (tenant_id, id),
    unique (tenant_id, hash)
);

-- A movement stands once, in the first statement that had it.
create table bank_line (
    tenant_id     integer      not null,
    file_id       uuid         not null,
    number        integer      not null,
    day           date         not null,
    amount        bigint       not null,
    balance       bigint,
    serial        varchar(80)  not null,
    counterparty  varchar(80)  not null,
    upstream_id   uuid,
    state         varchar(10)  not null,
    note          varchar(200) not null,
    decided_at    bigint,
    decided_by    varchar(200),
    receipt_id    uuid,
    primary key (tenant_id, file_id, number),
    unique (tenant_id, serial, day, amount),
    foreign key (tenant_id, file_id) references bank_file (tenant_id, id)
);
create index bank_line_open on bank_line (tenant_id, day) where state = 'Open';
