create index lease_phone on lease (tenant_id, phone_id);
