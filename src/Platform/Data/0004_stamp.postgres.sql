-- Another one whenever a table changes that is kept in memory. Triggers see to it, so that nobody can forget it.
create table tenant_stamp (
    tenant_id  integer     not null,
    stamp      varchar(36) not null,
    primary key (tenant_id)
);

create function renew_stamp() returns trigger language plpgsql as $$
begin
    insert into tenant_stamp (tenant_id, stamp) select distinct tenant_id, gen_random_uuid()::text from changed order by tenant_id
    on conflict (tenant_id) do update set stamp = excluded.stamp;
    return null;
end $$;
