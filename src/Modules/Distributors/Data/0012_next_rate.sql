-- When the next rate comes into force.
create index rate_from on rate (tenant_id, from_at);
