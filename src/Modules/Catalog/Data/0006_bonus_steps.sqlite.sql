create trigger bonus_step_no_update before update on bonus_step begin select raise(abort, 'bonus_step is append-only'); end;
create trigger bonus_step_no_delete before delete on bonus_step begin select raise(abort, 'bonus_step is append-only'); end;
-- What was live before is approved; who did it stands in the audit trail.
insert into bonus_version (tenant_id, key, version, state, first_month, last_month, json)
select tenant_id, key, 1, 'Approved', first_month, last_month, json from bonus;
