-- Warehouses as rows; a card may wait for its product. So far its place was a word, and every card had a product.
create table warehouse (
    tenant_id  integer     not null,
    name       varchar(60) not null,
    opened_at  bigint      not null,
    closed_at  bigint,
    primary key (tenant_id, name)
);
insert into warehouse (tenant_id, name, opened_at) select tenant_id, place, min(received_at) from card group by tenant_id, place;

drop index card_stock;
alter table card rename column product_id to first_product;
alter table card add column product_id uuid;
update card set product_id = first_product;
alter table card drop column first_product;
create index card_stock on card (tenant_id, product_id, state, iccid);

create index card_place on card (tenant_id, place, state);

alter table card_move add column place varchar(60);
alter table card_move add column product_id uuid;
alter table card_move add column paper uuid;

create table card_transfer (
    tenant_id   integer      not null,
    id          uuid         not null,
    from_place  varchar(60)  not null,
    to_place    varchar(60)  not null,
    cards       integer      not null,
    note        varchar(200) not null,
    sent_by     varchar(200) not null,
    sent_at     bigint       not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, from_place) references warehouse (tenant_id, name),
    foreign key (tenant_id, to_place) references warehouse (tenant_id, name)
);
create index card_transfer_sent on card_transfer (tenant_id, sent_at);

create table transfer_card (
    tenant_id    integer     not null,
    transfer_id  uuid        not null,
    iccid        varchar(20) not null,
    outcome      varchar(20) not null,
    settled_at   bigint,
    primary key (tenant_id, transfer_id, iccid),
    foreign key (tenant_id, transfer_id) references card_transfer (tenant_id, id),
    foreign key (tenant_id, iccid) references card (tenant_id, iccid)
);
