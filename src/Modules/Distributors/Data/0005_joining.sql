create table distributor_contract (
    tenant_id     integer      not null,
    version       integer      not null,
    text          text         not null,
    sha256        varchar(64)  not null,
    published_at  bigint       not null,
    published_by  varchar(200) not null,
    primary key (tenant_id, version)
);

create table joining (
    tenant_id         integer      not null,
    code              varchar(60)  not null,
    parent_id         uuid,
    share             integer      not null,
    rates             text         not null,
    state             varchar(20)  not null,
    invited_at        bigint       not null,
    invited_by        varchar(200) not null,
    expires_at        bigint       not null,
    name              varchar(100),
    name_id           uuid,
    id_number_id      uuid,
    phone_id          uuid,
    id_hash           bytea,
    phone_hash        bytea,
    checked_by        varchar(40),
    contract_version  integer,
    contract_sha256   varchar(64),
    applied_at        bigint,
    sign_in           varchar(40),
    password_hash     varchar(400),
    decided_at        bigint,
    decided_by        varchar(200),
    reason            varchar(200),
    distributor_id    uuid,
    primary key (tenant_id, code),
    foreign key (tenant_id, parent_id) references distributor (tenant_id, id),
    foreign key (tenant_id, distributor_id) references distributor (tenant_id, id),
    foreign key (tenant_id, contract_version) references distributor_contract (tenant_id, version)
);
create index joining_invited on joining (tenant_id, invited_at);
create index joining_parent on joining (tenant_id, parent_id);
create index joining_person on joining (tenant_id, id_hash);
create index joining_distributor on joining (tenant_id, distributor_id);

create table distributor_blacklist (
    tenant_id    integer      not null,
    id           uuid         not null,
    kind         varchar(20)  not null,
    secret_id    uuid         not null,
    hash         bytea        not null,
    reason       varchar(200) not null,
    evidence     varchar(200) not null,
    listed_at    bigint       not null,
    listed_by    varchar(200) not null,
    lifted_at    bigint,
    lifted_by    varchar(200),
    lift_reason  varchar(200),
    primary key (tenant_id, id)
);
create index distributor_blacklist_hash on distributor_blacklist (tenant_id, hash);
