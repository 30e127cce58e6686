create table promotion_rules (
    tenant_id     integer      not null,
    version       integer      not null,
    text          text         not null,
    sha256        varchar(64)  not null,
    published_at  bigint       not null,
    published_by  varchar(200) not null,
    primary key (tenant_id, version)
);

create table promotion_acceptance (
    tenant_id       integer      not null,
    distributor_id  uuid         not null,
    version         integer      not null,
    sha256          varchar(64)  not null,
    accepted_at     bigint       not null,
    accepted_by     varchar(200) not null,
    primary key (tenant_id, distributor_id, version),
    foreign key (tenant_id, distributor_id) references distributor (tenant_id, id),
    foreign key (tenant_id, version) references promotion_rules (tenant_id, version)
);

create table material (
    tenant_id      integer      not null,
    id             uuid         not null,
    product_id     uuid,
    title          varchar(40)  not null,
    text           text         not null,
    points         varchar(200) not null,
    state          varchar(20)  not null,
    retired_at     bigint,
    retired_by     varchar(200),
    retire_reason  varchar(200),
    primary key (tenant_id, id),
    foreign key (tenant_id, product_id) references product (tenant_id, id)
);
create index material_product on material (tenant_id, product_id);

create table material_step (
    tenant_id    integer      not null,
    material_id  uuid         not null,
    number       integer      not null,
    action       varchar(20)  not null,
    at           bigint       not null,
    actor        varchar(200) not null,
    reason       varchar(500) not null,
    primary key (tenant_id, material_id, number),
    foreign key (tenant_id, material_id) references material (tenant_id, id)
);
