create trigger channel_bill_no_update before update on channel_bill begin select raise(abort, 'channel_bill is append-only'); end;
create trigger channel_bill_no_delete before delete on channel_bill begin select raise(abort, 'channel_bill is append-only'); end;
create trigger channel_bill_line_no_update before update on channel_bill_line begin select raise(abort, 'channel_bill_line is append-only'); end;
create trigger channel_bill_line_no_delete before delete on channel_bill_line begin select raise(abort, 'channel_bill_line is append-only'); end;

-- What was vouched for before vouchers knew our number gets it here, once.
drop trigger voucher_no_update;
update voucher set our_no = (select p.trade_no from payment p where p.tenant_id = voucher.tenant_id and p.id = voucher.payment_id)
where kind = 'Payment';
update voucher set our_no = (
    select min(r.refund_no) from refund r
    where r.tenant_id = voucher.tenant_id and r.payment_id = voucher.payment_id and r.settled_at = voucher.at and r.amount = voucher.amount)
where kind = 'Refund';
create trigger voucher_no_update before update on voucher begin select raise(abort, 'voucher is append-only'); end;
