create table distributor (
    tenant_id  integer      not null,
    id         uuid         not null,
    parent_id  uuid,
    code       varchar(40)  not null,
    name       varchar(100) not null,
    active     boolean      not null,
    joined_at  bigint       not null,
    primary key (tenant_id, id),
    unique (tenant_id, code),
    foreign key (tenant_id, parent_id) references distributor (tenant_id, id)
);
create index distributor_parent on distributor (tenant_id, parent_id);

create table rate (
    tenant_id       integer     not null,
    distributor_id  uuid        not null,
    product_id      uuid        not null,
    stage           varchar(60) not null,
    number          integer     not null,
    from_at         bigint      not null,
    amount          bigint,
    bps             integer,
    set_at          bigint      not null,
    primary key (tenant_id, distributor_id, product_id, stage, number),
    foreign key (tenant_id, distributor_id) references distributor (tenant_id, id),
    foreign key (tenant_id, product_id) references product (tenant_id, id),
    check ((amount is null) <> (bps is null))
);

create table invitation (
    tenant_id       integer     not null,
    code            varchar(60) not null,
    distributor_id  uuid        not null,
    created_at      bigint      not null,
    primary key (tenant_id, code),
    foreign key (tenant_id, distributor_id) references distributor (tenant_id, id)
);
create index invitation_distributor on invitation (tenant_id, distributor_id);
