create table key_ring (
    tenant_id  integer      not null,
    name       varchar(100) not null,
    xml        text         not null,
    primary key (tenant_id, name)
);
