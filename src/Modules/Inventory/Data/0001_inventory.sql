create table card (
    tenant_id    integer     not null,
    iccid        varchar(20) not null,
    product_id   uuid        not null,
    place        varchar(60) not null,
    state        varchar(20) not null,
    order_id     uuid,
    received_at  bigint      not null,
    steps        integer     not null,
    primary key (tenant_id, iccid)
);
create index card_stock on card (tenant_id, product_id, state, iccid);
create unique index card_order on card (tenant_id, order_id) where order_id is not null;

create table card_move (
    tenant_id   integer      not null,
    iccid       varchar(20)  not null,
    step        integer      not null,
    from_state  varchar(20),
    to_state    varchar(20)  not null,
    order_id    uuid,
    reason      varchar(200) not null,
    actor       varchar(200) not null,
    at          bigint       not null,
    primary key (tenant_id, iccid, step),
    foreign key (tenant_id, iccid) references card (tenant_id, iccid)
);

create table pool_number (
    tenant_id   integer     not null,
    number      varchar(11) not null,
    reversed    varchar(11) not null,
    product_id  uuid        not null,
    supplement  bigint      not null,
    pattern     varchar(10) not null,
    holder      varchar(60),
    held_until  bigint,
    order_id    uuid,
    primary key (tenant_id, number)
);
create index pool_number_tail on pool_number (tenant_id, product_id, reversed);
create index pool_number_pattern on pool_number (tenant_id, product_id, pattern);
create index pool_number_holder on pool_number (tenant_id, holder) where holder is not null;
create index pool_number_order on pool_number (tenant_id, order_id) where order_id is not null;
