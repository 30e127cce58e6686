create table sales_order (
    tenant_id       integer      not null,
    id              uuid         not null,
    order_no        varchar(20)  not null,
    token           varchar(40)  not null,
    product_id      uuid         not null,
    upstream_id     uuid         not null,
    carrier         varchar(20)  not null,
    scheme_version  integer      not null,
    seller          uuid         not null,
    chain           text         not null,
    ordered_at      bigint       not null,
    price           bigint       not null,
    paid            bigint       not null,
    name_id         uuid         not null,
    id_number_id    uuid         not null,
    phone_id        uuid         not null,
    address_id      uuid         not null,
    id_hash         bytea        not null,
    province        char(2)      not null,
    picked          varchar(20),
    number          varchar(40),
    iccid           varchar(40),
    state           varchar(20)  not null,
    network         varchar(20)  not null,
    confirmed_at    bigint,
    fact_count      integer      not null,
    primary key (tenant_id, id),
    unique (tenant_id, order_no),
    unique (tenant_id, token)
);
create index sales_order_holder on sales_order (tenant_id, id_hash, carrier);
create index sales_order_at on sales_order (tenant_id, ordered_at);
create index sales_order_state on sales_order (tenant_id, state, ordered_at);
create index sales_order_upstream on sales_order (tenant_id, upstream_id, ordered_at);
create index sales_order_number on sales_order (tenant_id, number);
create index sales_order_iccid on sales_order (tenant_id, iccid);

-- Confirmed orders that settlement has to visit, and from when on: because of a new fact, or the passing of time.
create table order_due (
    tenant_id  integer not null,
    order_id   uuid    not null,
    due_at     bigint  not null,
    primary key (tenant_id, order_id)
);
create index order_due_at on order_due (tenant_id, due_at, order_id);

-- Whose team an order belongs to: one row for each distributor of its chain.
create table order_seat (
    tenant_id       integer not null,
    distributor_id  uuid    not null,
    order_id        uuid    not null,
    position        integer not null,
    primary key (tenant_id, distributor_id, order_id),
    foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
create index order_seat_order on order_seat (tenant_id, order_id);

-- Held by whoever places an order for this ID number and carrier, so that two at once see each other.
create table card_holder (
    tenant_id  integer     not null,
    id_hash    bytea       not null,
    carrier    varchar(20) not null,
    primary key (tenant_id, id_hash, carrier)
);

create table fact (
    tenant_id    integer      not null,
    id           uuid         not null,
    order_id     uuid         not null,
    kind         varchar(40)  not null,
    at           bigint       not null,
    recorded_at  bigint       not null,
    amount       bigint       not null,
    attributes   text         not null,
    of_fact      uuid,
    source       varchar(80)  not null,
    source_id    varchar(160) not null,
    primary key (tenant_id, id),
    unique (tenant_id, order_id, source, source_id),
    foreign key (tenant_id, order_id) references sales_order (tenant_id, id),
    foreign key (tenant_id, of_fact) references fact (tenant_id, id)
);
