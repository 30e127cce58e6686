-- Earlier orders are found by phone and address too: by keyed hashes, which orders of before do not have.
alter table sales_order add column phone_hash bytea;
alter table sales_order add column address_hash bytea;
create index sales_order_phone_hash on sales_order (tenant_id, phone_hash);
create index sales_order_address_hash on sales_order (tenant_id, address_hash);

-- Held by whoever places an order with this ID number, phone or address, so that two at once see each other.
create table applicant (
    tenant_id  integer not null,
    hash       bytea   not null,
    primary key (tenant_id, hash)
);
drop table card_holder;

create table consumer_blacklist (
    tenant_id    integer      not null,
    id           uuid         not null,
    key          varchar(20)  not null,
    hash         bytea        not null,
    masked       varchar(200) not null,
    reason       varchar(200) not null,
    evidence     varchar(500) not null,
    added_at     bigint       not null,
    added_by     varchar(80)  not null,
    lifted_at    bigint,
    lifted_by    varchar(80),
    lift_reason  varchar(200),
    primary key (tenant_id, id)
);
create unique index consumer_blacklist_hash on consumer_blacklist (tenant_id, hash) where lifted_at is null;
