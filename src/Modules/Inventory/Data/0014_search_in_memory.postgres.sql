-- Numbers are searched in memory: what indexes needed goes, and imports are counted, so that a process knows what it has not read yet.
-- The indexes on these columns go with them.
alter table pool_number
    drop column shuffle, drop column from1, drop column from2, drop column from3, drop column from4, drop column from5, drop column from6,
    drop column from7, drop column from8,
    add column import integer not null default 0;
alter table pool_number alter column number set statistics -1;
alter table pool_number reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor);
drop index pool_number_price;
drop index pool_number_held;
create index pool_number_import on pool_number (tenant_id, product_id, import);
create index pool_number_given_back on pool_number (tenant_id, product_id, held_until) where order_id is null and held_until is not null;

create table pool_head (
    tenant_id   integer not null,
    product_id  uuid    not null,
    imports     integer not null,
    primary key (tenant_id, product_id)
);
