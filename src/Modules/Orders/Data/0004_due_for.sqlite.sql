-- A queue for each visitor; so far there was that of settlement.
alter table order_due rename to order_due_before;
create table order_due (
    tenant_id  integer     not null,
    due_for    varchar(20) not null,
    order_id   uuid        not null,
    due_at     bigint      not null,
    primary key (tenant_id, due_for, order_id)
);
insert into order_due (tenant_id, due_for, order_id, due_at) select tenant_id, 'Settlement', order_id, due_at from order_due_before;
drop table order_due_before;
create index order_due_at on order_due (tenant_id, due_for, due_at, order_id);
