-- A deadline of an order that is near, for one distributor in its chain. The stage of a clawback is empty, its position the rule's.
create table warning (
    tenant_id       integer      not null,
    order_id        uuid         not null,
    kind            varchar(20)  not null,
    stage           varchar(60)  not null,
    position        integer      not null,
    distributor_id  uuid         not null,
    order_no        varchar(40)  not null,
    product_id      uuid         not null,
    stage_name      varchar(120) not null,
    deadline        bigint       not null,
    amount          bigint       not null,
    first_seen      bigint       not null,
    resolved_at     bigint,
    outcome         varchar(10),
    primary key (tenant_id, order_id, kind, stage, position, distributor_id)
);
create index warning_open on warning (tenant_id, distributor_id, deadline) where resolved_at is null;
create index warning_deadline on warning (tenant_id, deadline) where resolved_at is null;
create index warning_resolved on warning (tenant_id, resolved_at) where resolved_at is not null;

-- What an order is going to release to a distributor on a day: the forecast as of the last watch, without what is available already.
create table expected_release (
    tenant_id       integer      not null,
    order_id        uuid         not null,
    stage           varchar(60)  not null,
    distributor_id  uuid         not null,
    day             date         not null,
    certainty       varchar(20)  not null,
    order_no        varchar(40)  not null,
    stage_name      varchar(120) not null,
    amount          bigint       not null,
    primary key (tenant_id, order_id, stage, distributor_id, day, certainty)
);
create index expected_release_distributor on expected_release (tenant_id, distributor_id, day);

-- When the orders were last watched from the first to the last.
create table orders_watched (
    tenant_id  integer not null,
    at         bigint  not null,
    primary key (tenant_id)
);
