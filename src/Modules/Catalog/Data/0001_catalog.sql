create table upstream (
    tenant_id   integer      not null,
    id          uuid         not null,
    key         varchar(40)  not null,
    name        varchar(100) not null,
    wire        varchar(40)  not null,
    settings    text         not null,
    created_at  bigint       not null,
    primary key (tenant_id, id),
    unique (tenant_id, key)
);

create table product (
    tenant_id           integer      not null,
    id                  uuid         not null,
    code                varchar(40)  not null,
    upstream_id         uuid         not null,
    carrier             varchar(20)  not null,
    name                varchar(100) not null,
    summary             varchar(500) not null,
    price               bigint       not null,
    picks_number        boolean      not null,
    min_age             integer      not null,
    max_age             integer      not null,
    excluded_provinces  varchar(200) not null,
    window_days         integer      not null,
    on_sale             boolean      not null,
    created_at          bigint       not null,
    primary key (tenant_id, id),
    unique (tenant_id, code),
    foreign key (tenant_id, upstream_id) references upstream (tenant_id, id)
);

create table scheme (
    tenant_id      integer not null,
    product_id     uuid    not null,
    version        integer not null,
    in_force_from  bigint  not null,
    json           text    not null,
    published_at   bigint  not null,
    primary key (tenant_id, product_id, version),
    foreign key (tenant_id, product_id) references product (tenant_id, id)
);

create table bonus (
    tenant_id     integer     not null,
    key           varchar(60) not null,
    first_month   integer     not null,
    last_month    integer,
    json          text        not null,
    published_at  bigint      not null,
    primary key (tenant_id, key)
);
