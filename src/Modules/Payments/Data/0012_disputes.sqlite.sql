-- What has arrived, and what finance has decided where it is another amount than was asked for.
alter table payment add column received bigint not null default 0;
alter table payment add column decision varchar(20);
alter table payment add column decision_reason varchar(80);
alter table payment add column decided_by varchar(200);
alter table payment add column decided_at bigint;

update payment set received = coalesce((
    select sum(v.amount) from voucher v where v.tenant_id = payment.tenant_id and v.payment_id = payment.id and v.kind = 'Payment'), 0)
where status in ('Paid', 'Disputed');

create index payment_decided on payment (tenant_id, id) where status = 'Disputed' or decision is not null;
