-- The signed message that told of it, in the vault; vouchers from before have none.
alter table voucher add column message_id uuid;
create index voucher_payment on voucher (tenant_id, payment_id);
