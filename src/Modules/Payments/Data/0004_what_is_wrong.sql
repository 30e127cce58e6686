-- What comparisons look for, found without reading the rest.
create index refund_failed on refund (tenant_id, created_at) where status = 'Failed';
create index payment_disputed on payment (tenant_id, created_at) where status = 'Disputed';
create index voucher_recorded on voucher (tenant_id, recorded_at, number);
