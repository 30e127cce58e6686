-- Numbers are searched in memory: what indexes needed goes, and imports are counted, so that a process knows what it has not read yet.
create table pool_number_in_memory (
    tenant_id   integer     not null,
    number      varchar(11) not null,
    product_id  uuid        not null,
    supplement  bigint,
    pattern     varchar(10) not null,
    import      integer     not null default 0,
    holder      varchar(60),
    held_until  bigint,
    order_id    uuid,
    primary key (tenant_id, number)
);
insert into pool_number_in_memory (tenant_id, number, product_id, supplement, pattern, holder, held_until, order_id)
    select tenant_id, number, product_id, supplement, pattern, holder, held_until, order_id from pool_number;
drop table pool_number;
alter table pool_number_in_memory rename to pool_number;
create index pool_number_holder on pool_number (tenant_id, holder) where holder is not null;
create index pool_number_order on pool_number (tenant_id, order_id) where order_id is not null;
create index pool_number_import on pool_number (tenant_id, product_id, import);
create index pool_number_given_back on pool_number (tenant_id, product_id, held_until) where order_id is null and held_until is not null;

create table pool_head (
    tenant_id   integer not null,
    product_id  uuid    not null,
    imports     integer not null,
    primary key (tenant_id, product_id)
);
