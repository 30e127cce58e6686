create table scheme_draft (
    tenant_id      integer     not null,
    product_id     uuid        not null,
    version        integer     not null,
    state          varchar(20) not null,
    in_force_from  bigint,
    json           text        not null,
    primary key (tenant_id, product_id, version),
    foreign key (tenant_id, product_id) references product (tenant_id, id)
);

create table scheme_step (
    tenant_id   integer      not null,
    product_id  uuid         not null,
    version     integer      not null,
    number      integer      not null,
    action      varchar(20)  not null,
    at          bigint       not null,
    actor       varchar(80)  not null,
    reason      varchar(500) not null,
    primary key (tenant_id, product_id, version, number),
    foreign key (tenant_id, product_id, version) references scheme_draft (tenant_id, product_id, version)
);
