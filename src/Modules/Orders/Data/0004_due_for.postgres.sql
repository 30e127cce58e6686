-- A queue for each visitor; so far there was that of settlement.
alter table order_due add column due_for varchar(20) not null default 'Settlement';
alter table order_due alter column due_for drop default;
alter table order_due drop constraint order_due_pkey, add primary key (tenant_id, due_for, order_id);
drop index order_due_at;
create index order_due_at on order_due (tenant_id, due_for, due_at, order_id);
