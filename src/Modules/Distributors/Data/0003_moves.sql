create table distributor_move (
    tenant_id       integer      not null,
    distributor_id  uuid         not null,
    number          integer      not null,
    parent_id       uuid,
    from_at         bigint       not null,
    reason          varchar(200) not null,
    moved_at        bigint       not null,
    moved_by        varchar(200) not null,
    primary key (tenant_id, distributor_id, number),
    foreign key (tenant_id, distributor_id) references distributor (tenant_id, id),
    foreign key (tenant_id, parent_id) references distributor (tenant_id, id)
);
create index distributor_move_parent on distributor_move (tenant_id, parent_id);

create table distributor_freeze (
    tenant_id       integer      not null,
    distributor_id  uuid         not null,
    number          integer      not null,
    from_at         bigint       not null,
    until_at        bigint,
    reason          varchar(200) not null,
    frozen_at       bigint       not null,
    frozen_by       varchar(200) not null,
    lifted_at       bigint,
    lifted_by       varchar(200),
    lift_reason     varchar(200),
    primary key (tenant_id, distributor_id, number),
    foreign key (tenant_id, distributor_id) references distributor (tenant_id, id)
);
