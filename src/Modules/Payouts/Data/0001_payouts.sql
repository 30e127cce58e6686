create table payout_account (
    tenant_id      integer     not null,
    id             uuid        not null,
    distributor_id uuid        not null,
    method         varchar(20) not null,
    holder_id      uuid        not null,
    account_id     uuid        not null,
    created_at     bigint      not null,
    primary key (tenant_id, id)
);
create index payout_account_distributor on payout_account (tenant_id, distributor_id, created_at);

create table tax_profile (
    tenant_id      integer     not null,
    distributor_id uuid        not null,
    valid_from     integer     not null,
    method         varchar(20),
    primary key (tenant_id, distributor_id, valid_from)
);

create table payout (
    tenant_id        integer      not null,
    id               uuid         not null,
    number           varchar(32)  not null,
    distributor_id   uuid         not null,
    account_id       uuid         not null,
    method           varchar(20)  not null,
    amount           bigint       not null,
    tax              bigint       not null,
    fee              bigint       not null,
    tax_method       varchar(20),
    tax_month        integer,
    tax_explanation  text,
    status           varchar(20)  not null,
    is_open          boolean      not null,
    request_key      varchar(64)  not null,
    requested_at     bigint       not null,
    decided_at       bigint,
    decided_by       varchar(200),
    ended_at         bigint,
    channel_no       varchar(64),
    reason           varchar(300),
    next_query_at    bigint,
    primary key (tenant_id, id),
    unique (tenant_id, number),
    unique (tenant_id, distributor_id, request_key),
    foreign key (tenant_id, account_id) references payout_account (tenant_id, id)
);
create unique index payout_one_open on payout (tenant_id, distributor_id) where is_open;
create index payout_ended on payout (tenant_id, distributor_id, ended_at);
create index payout_query on payout (tenant_id, next_query_at);
