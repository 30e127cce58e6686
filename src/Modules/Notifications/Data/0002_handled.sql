-- What leads to a page is found when the work is done there.
create index notification_to_do on notification (tenant_id, href) where read_at is null;
