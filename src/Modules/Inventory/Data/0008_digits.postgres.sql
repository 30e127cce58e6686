-- Search by any digits. Under row-level security LIKE reaches no index, equality of integers does: so each number has, for every place,
-- the four digits from there on. And a fixed shuffle, in which any wish is met as often at the beginning as at the end.
-- A supplement that was not given is null: it follows from the pattern's terms.
set local haosuan.tenant = '0';
drop index pool_number_tail;
drop index pool_number_pattern;
alter table pool_number drop column reversed;
alter table pool_number alter column supplement drop not null;
update pool_number set supplement = null where supplement = 0;
alter table pool_number
    add column shuffle integer not null generated always as ((number::bigint % 2147483647 * 1327217885 % 2147483647)::integer) stored,
    add column from1 smallint not null generated always as (substr(number, 1, 4)::smallint) stored,
    add column from2 smallint not null generated always as (substr(number, 2, 4)::smallint) stored,
    add column from3 smallint not null generated always as (substr(number, 3, 4)::smallint) stored,
    add column from4 smallint not null generated always as (substr(number, 4, 4)::smallint) stored,
    add column from5 smallint not null generated always as (substr(number, 5, 4)::smallint) stored,
    add column from6 smallint not null generated always as (substr(number, 6, 4)::smallint) stored,
    add column from7 smallint not null generated always as (substr(number, 7, 4)::smallint) stored,
    add column from8 smallint not null generated always as (substr(number, 8, 4)::smallint) stored;
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
