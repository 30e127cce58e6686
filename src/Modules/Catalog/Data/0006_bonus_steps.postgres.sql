create trigger bonus_step_append_only before update or delete on bonus_step for each statement execute function refuse_change();
-- What was live before is approved; who did it stands in the audit trail. Tenant 0 reads the rows of all.
set local haosuan.tenant = '0';
insert into bonus_version (tenant_id, key, version, state, first_month, last_month, json)
select tenant_id, key, 1, 'Approved', first_month, last_month, json from bonus;
