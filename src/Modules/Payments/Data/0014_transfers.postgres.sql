-- A payout's voucher has no payment.
alter table voucher alter column payment_id drop not null;
alter table voucher add constraint voucher_of_what check (payment_id is not null or kind = 'Transfer');
