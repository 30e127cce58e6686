-- Which card has taken which one's place at an order. Either may be the upstream's, so no key leads to our cards. Append-only.
create table card_replacement (
    tenant_id  integer      not null,
    order_id   uuid         not null,
    old_iccid  varchar(40)  not null,
    new_iccid  varchar(40)  not null,
    reason     varchar(200) not null,
    at         bigint       not null,
    primary key (tenant_id, order_id, old_iccid, new_iccid)
);
create index card_replacement_old on card_replacement (tenant_id, old_iccid);
create index card_replacement_new on card_replacement (tenant_id, new_iccid);
