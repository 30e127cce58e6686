-- Two sources tell the number or the card of the order differently.
set local haosuan.tenant = '0';     -- the rows of all
alter table sales_order add column differs boolean not null default false;
update sales_order set differs = true where picked is not null and number <> picked and number not like '%*%';
create index sales_order_differs on sales_order (tenant_id, id) where differs;
-- What ends an order, as it becomes known.
create index fact_ending on fact (tenant_id, recorded_at) where kind in ('closed', 'rejected', 'cancelled');
