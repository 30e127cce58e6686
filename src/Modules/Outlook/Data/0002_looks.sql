-- When an order is to be looked at next. One that only a new fact can change has no row.
create table order_look (
    tenant_id  integer not null,
    order_id   uuid    not null,
    due_at     bigint  not null,
    primary key (tenant_id, order_id)
);
create index order_look_due on order_look (tenant_id, due_at);

-- Made anew and empty: the first watch looks at all orders.
drop table orders_watched;
create table orders_watched (
    tenant_id  integer not null,
    at         bigint  not null,
    primary key (tenant_id)
);
