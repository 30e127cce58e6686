create table distributor_level_limit (
    tenant_id   integer      not null,
    number      integer      not null,
    levels      integer      not null check (levels between 1 and 3),
    reason      varchar(200) not null,
    asked_at    bigint       not null,
    asked_by    varchar(200) not null,
    decided_at  bigint,
    decided_by  varchar(200),
    approved    boolean,
    primary key (tenant_id, number)
);

create table distributor_authorisation (
    tenant_id       integer      not null,
    id              uuid         not null,
    distributor_id  uuid         not null,
    upstream_id     uuid         not null,
    document        varchar(100) not null,
    scope           varchar(200) not null,
    from_at         bigint       not null,
    until_at        bigint       not null,
    recorded_at     bigint       not null,
    recorded_by     varchar(200) not null,
    revoked_at      bigint,
    revoked_by      varchar(200),
    revoke_reason   varchar(200),
    primary key (tenant_id, id),
    foreign key (tenant_id, distributor_id) references distributor (tenant_id, id),
    foreign key (tenant_id, upstream_id) references upstream (tenant_id, id),
    check (until_at > from_at)
);
create index distributor_authorisation_of on distributor_authorisation (tenant_id, distributor_id, upstream_id);

create table distributor_acceptance (
    tenant_id       integer      not null,
    distributor_id  uuid         not null,
    version         integer      not null,
    sha256          varchar(64)  not null,
    accepted_at     bigint       not null,
    accepted_by     varchar(200) not null,
    primary key (tenant_id, distributor_id, version),
    foreign key (tenant_id, distributor_id) references distributor (tenant_id, id),
    foreign key (tenant_id, version) references distributor_contract (tenant_id, version)
);
