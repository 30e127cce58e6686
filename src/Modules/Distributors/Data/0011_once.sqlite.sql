-- One person applies and joins once, and stands on the blacklist once, also where two requests come at the same time. Where there are two already, the
-- one that has joined counts, or the earlier one.
update joining set state = 'Refused', reason = '重复的申请', decided_at = applied_at, decided_by = 'system', password_hash = null
where state = 'Applied' and exists (
    select 1 from joining o where o.tenant_id = joining.tenant_id and o.id_hash = joining.id_hash and o.code <> joining.code
      and (o.state = 'Approved' or (o.state = 'Applied' and (o.applied_at, o.code) < (joining.applied_at, joining.code))));
update joining set id_hash = null
where state = 'Approved' and exists (
    select 1 from joining o where o.tenant_id = joining.tenant_id and o.id_hash = joining.id_hash
      and o.state = 'Approved' and (o.decided_at, o.code) < (joining.decided_at, joining.code));
update distributor_blacklist set lifted_at = listed_at, lifted_by = 'system', lift_reason = '重复登记'
where lifted_at is null and exists (
    select 1 from distributor_blacklist o where o.tenant_id = distributor_blacklist.tenant_id and o.hash = distributor_blacklist.hash
      and o.lifted_at is null and (o.listed_at, o.id) < (distributor_blacklist.listed_at, distributor_blacklist.id));

create unique index if not exists joining_once on joining (tenant_id, id_hash) where state in ('Applied', 'Approved');
drop index if exists distributor_blacklist_hash;
create unique index if not exists distributor_blacklist_once on distributor_blacklist (tenant_id, hash) where lifted_at is null;
