-- Another refund has taken the place of one that was refused: nothing is owed under its number any more.
alter table refund add column replaced_at bigint;

update refund set replaced_at = (
    select min(l.created_at) from refund l
    where l.tenant_id = refund.tenant_id and l.payment_id = refund.payment_id and l.created_at > refund.created_at)
where status = 'Failed' and channel_error not like 'ABNORMAL %';

create index refund_paid_after_all on refund (tenant_id, created_at) where status = 'Done' and replaced_at is not null;
create index channel_day_open on channel_day (tenant_id, day) where state in ('Waiting', 'Differs');
