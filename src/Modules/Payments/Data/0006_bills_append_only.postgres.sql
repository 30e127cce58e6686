create trigger channel_bill_append_only before update or delete on channel_bill for each statement execute function refuse_change();
create trigger channel_bill_line_append_only before update or delete on channel_bill_line for each statement execute function refuse_change();

-- The owner sees the rows of all tenants for as long as this script runs.
select set_config('haosuan.tenant', '0', true);

-- What was vouched for before vouchers knew our number gets it here, once.
alter table voucher disable trigger voucher_append_only;
update voucher set our_no = (select p.trade_no from payment p where p.tenant_id = voucher.tenant_id and p.id = voucher.payment_id)
where kind = 'Payment';
update voucher set our_no = (
    select min(r.refund_no) from refund r
    where r.tenant_id = voucher.tenant_id and r.payment_id = voucher.payment_id and r.settled_at = voucher.at and r.amount = voucher.amount)
where kind = 'Refund';
alter table voucher enable trigger voucher_append_only;
