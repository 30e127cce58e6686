-- Another one whenever a table changes that is kept in memory. Triggers see to it, so that nobody can forget it.
create table tenant_stamp (
    tenant_id  integer     not null,
    stamp      varchar(36) not null,
    primary key (tenant_id)
);
