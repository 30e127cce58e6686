-- A bonus on its way, and the month that a live one is to end with: version 1 has the terms, a later one an end.
create table bonus_version (
    tenant_id    integer     not null,
    key          varchar(60) not null,
    version      integer     not null,
    state        varchar(20) not null,
    first_month  integer     not null,
    last_month   integer,
    json         text        not null,
    primary key (tenant_id, key, version)
);

create table bonus_step (
    tenant_id  integer      not null,
    key        varchar(60)  not null,
    version    integer      not null,
    number     integer      not null,
    action     varchar(20)  not null,
    at         bigint       not null,
    actor      varchar(80)  not null,
    reason     varchar(500) not null,
    primary key (tenant_id, key, version, number),
    foreign key (tenant_id, key, version) references bonus_version (tenant_id, key, version)
);
