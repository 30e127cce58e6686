-- Money that nothing waited for, and that went back at once, has paid nothing.
update payment set status = 'GivenBack'
where status = 'Paid' and exists (
    select 1 from refund r where r.tenant_id = payment.tenant_id and r.payment_id = payment.id and r.idempotency_key = 'not-needed');
