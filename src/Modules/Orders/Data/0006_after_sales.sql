-- How after-sales stand. What happened in them are facts of their orders.
create table after_sale (
    tenant_id    integer      not null,
    order_id     uuid         not null,
    number       integer      not null,
    kind         varchar(20)  not null,
    reason       varchar(20)  not null,
    state        varchar(20)  not null,
    by_consumer  boolean      not null,
    evidence     varchar(200) not null,
    answer       varchar(200),
    owner        varchar(200),
    asked_at     bigint       not null,
    due_at       bigint       not null,
    closed_at    bigint,
    old_iccid    varchar(40),
    new_iccid    varchar(40),
    deduction    bigint       not null,
    refunded     bigint       not null,
    primary key (tenant_id, order_id, number),
    foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
create unique index after_sale_open on after_sale (tenant_id, order_id) where closed_at is null;
create index after_sale_due on after_sale (tenant_id, due_at) where closed_at is null;
create index after_sale_asked on after_sale (tenant_id, asked_at);
create index after_sale_old_card on after_sale (tenant_id, old_iccid);

-- Parcels that did not arrive, as they become known.
create index fact_failed_parcel on fact (tenant_id, recorded_at) where kind in ('refused', 'returned', 'lost');
