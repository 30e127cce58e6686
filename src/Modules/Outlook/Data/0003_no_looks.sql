-- Orders keeps when an order is looked at next.
drop table order_look;

-- Made anew and empty: the next watch looks at all orders.
drop table orders_watched;
create table orders_watched (
    tenant_id  integer not null,
    at         bigint  not null,
    primary key (tenant_id)
);
