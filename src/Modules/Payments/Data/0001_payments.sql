create table payment (
    tenant_id       integer      not null,
    id              uuid         not null,
    order_id        uuid         not null,
    order_no        varchar(32)  not null,
    trade_no        varchar(32)  not null,
    channel         varchar(20)  not null,
    face            varchar(20)  not null,
    amount          bigint       not null,
    description     varchar(120) not null,
    client_ip       varchar(45),
    return_to       varchar(500) not null,
    status          varchar(20)  not null,
    transaction_id  varchar(64),
    created_at      bigint       not null,
    expires_at      bigint       not null,
    settled_at      bigint,
    next_query_at   bigint,
    primary key (tenant_id, id),
    unique (tenant_id, trade_no)
);
create index payment_order on payment (tenant_id, order_id);
create index payment_query on payment (tenant_id, next_query_at);

create table refund (
    tenant_id       integer      not null,
    id              uuid         not null,
    payment_id      uuid         not null,
    order_id        uuid         not null,
    refund_no       varchar(32)  not null,
    idempotency_key varchar(100) not null,
    amount          bigint       not null,
    reason          varchar(80)  not null,
    status          varchar(20)  not null,
    channel_error   varchar(300),
    created_at      bigint       not null,
    settled_at      bigint,
    next_query_at   bigint,
    primary key (tenant_id, id),
    unique (tenant_id, refund_no),
    unique (tenant_id, payment_id, idempotency_key),
    foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index refund_query on refund (tenant_id, next_query_at);

-- The last voucher's number. Whoever writes the next one holds this row, so they are numbered without gaps.
create table voucher_head (
    tenant_id  integer not null,
    number     bigint  not null,
    primary key (tenant_id)
);

create table voucher (
    tenant_id    integer     not null,
    number       bigint      not null,
    kind         varchar(20) not null,
    order_id     uuid        not null,
    order_no     varchar(32) not null,
    payment_id   uuid        not null,
    channel      varchar(20) not null,
    channel_no   varchar(64) not null,
    amount       bigint      not null,
    at           bigint      not null,
    recorded_at  bigint      not null,
    entry_id     bigint      not null,
    primary key (tenant_id, number),
    unique (tenant_id, entry_id),
    foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index voucher_channel_no on voucher (tenant_id, channel_no);
create index voucher_order on voucher (tenant_id, order_no);
create index voucher_at on voucher (tenant_id, at);
