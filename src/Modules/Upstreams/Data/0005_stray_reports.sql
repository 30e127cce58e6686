-- What upstreams have told of orders that they never got from us, once each.
create table upstream_stray (
    tenant_id          integer      not null,
    upstream_key       varchar(40)  not null,
    order_no           varchar(64)  not null,
    event_id           varchar(160) not null,
    upstream_order_no  varchar(64)  not null,
    kind               varchar(40)  not null,
    at                 bigint       not null,
    received_at        bigint       not null,
    primary key (tenant_id, upstream_key, order_no, event_id)
);
