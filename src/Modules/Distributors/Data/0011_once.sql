-- One person applies and joins once, and stands on the blacklist once, also where two requests come at the same time.
create unique index joining_once on joining (tenant_id, id_hash) where state in ('Applied', 'Approved');
drop index distributor_blacklist_hash;
create unique index distributor_blacklist_once on distributor_blacklist (tenant_id, hash) where lifted_at is null;
