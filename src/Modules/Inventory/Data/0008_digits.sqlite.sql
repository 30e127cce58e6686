-- Search by any digits: each number has, for every place, the four digits from there on. And a fixed shuffle, in which any wish is met as often
-- at the beginning as at the end. A supplement that was not given is null: it follows from the pattern's terms.
create table pool_number_of_digits (
    tenant_id   integer     not null,
    number      varchar(11) not null,
    product_id  uuid        not null,
    supplement  bigint,
    pattern     varchar(10) not null,
    holder      varchar(60),
    held_until  bigint,
    order_id    uuid,
    shuffle     integer     not null generated always as (cast(number as integer) % 2147483647 * 1327217885 % 2147483647) stored,
    from1       integer     not null generated always as (cast(substr(number, 1, 4) as integer)) stored,
    from2       integer     not null generated always as (cast(substr(number, 2, 4) as integer)) stored,
    from3       integer     not null generated always as (cast(substr(number, 3, 4) as integer)) stored,
    from4       integer     not null generated always as (cast(substr(number, 4, 4) as integer)) stored,
    from5       integer     not null generated always as (cast(substr(number, 5, 4) as integer)) stored,
    from6       integer     not null generated always as (cast(substr(number, 6, 4) as integer)) stored,
    from7       integer     not null generated always as (cast(substr(number, 7, 4) as integer)) stored,
    from8       integer     not null generated always as (cast(substr(number, 8, 4) as integer)) stored,
    primary key (tenant_id, number)
);
insert into pool_number_of_digits (tenant_id, number, product_id, supplement, pattern, holder, held_until, order_id)
    select tenant_id, number, product_id, nullif(supplement, 0), pattern, holder, held_until, order_id from pool_number;
drop table pool_number;
alter table pool_number_of_digits rename to pool_number;
create index pool_number_holder on pool_number (tenant_id, holder) where holder is not null;
create index pool_number_order on pool_number (tenant_id, order_id) where order_id is not null;
create index pool_number_shuffle on pool_number (tenant_id, product_id, shuffle, number) where order_id is null;
create index pool_number_pattern on pool_number (tenant_id, product_id, pattern, shuffle, number);
create index pool_number_held on pool_number (tenant_id, held_until) where held_until is not null;
create index pool_number_price on pool_number (tenant_id, product_id, supplement) where order_id is null;
create index pool_number_from1 on pool_number (tenant_id, from1);
create index pool_number_from2 on pool_number (tenant_id, from2);
create index pool_number_from3 on pool_number (tenant_id, from3);
create index pool_number_from4 on pool_number (tenant_id, from4);
create index pool_number_from5 on pool_number (tenant_id, from5);
create index pool_number_from6 on pool_number (tenant_id, from6);
create index pool_number_from7 on pool_number (tenant_id, from7);
create index pool_number_from8 on pool_number (tenant_id, from8);
