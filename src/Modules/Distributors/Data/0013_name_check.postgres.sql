set local haosuan.tenant = '0';     -- the rows of all
update joining set checked_by = 'Local' where checked_by = 'local';
-- When a service answered who somebody is; until then, when it is asked next.
alter table joining add column check_at bigint;
