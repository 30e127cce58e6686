-- Cards for devices that were bought at once: an order for each card, none of which goes on before the use is assessed.
create table purchase (
    tenant_id    integer      not null,
    id           uuid         not null,
    company      varchar(100),
    credit_code  char(18),
    stated_use   varchar(200) not null,
    quantity     integer      not null,
    at           bigint       not null,
    risk         varchar(20),
    limits       varchar(200),
    assessed_at  bigint,
    assessed_by  varchar(80),
    primary key (tenant_id, id)
);
create index purchase_waiting on purchase (tenant_id, at) where assessed_at is null;

alter table sales_order add column purchase_id uuid;
create index sales_order_purchase on sales_order (tenant_id, purchase_id) where purchase_id is not null;
