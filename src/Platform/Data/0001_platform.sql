-- A reference table: tenants are known before any tenant's rows may be seen.
create table tenant (
    id          integer primary key,
    slug        varchar(40)  not null unique,
    name        varchar(200) not null,
    currency    char(3)      not null,
    zone        varchar(60)  not null,
    created_at  bigint       not null
);

create table outbox (
    tenant_id   integer      not null,
    id          uuid         not null,
    subscriber  varchar(200) not null,
    event       varchar(200) not null,
    payload     text         not null,
    created_at  bigint       not null,
    due_at      bigint       not null,
    attempts    integer      not null,
    done_at     bigint,
    error       text,
    primary key (tenant_id, id)
);
create index outbox_due on outbox (due_at) where done_at is null;

create table audit (
    tenant_id   integer      not null,
    id          uuid         not null,
    at          bigint       not null,
    actor       varchar(200) not null,
    action      varchar(100) not null,
    subject     varchar(200) not null,
    detail      text         not null,
    primary key (tenant_id, id)
);

create table data_key (
    tenant_id   integer not null,
    version     integer not null,
    wrapped     bytea   not null,
    created_at  bigint  not null,
    primary key (tenant_id, version)
);

create table secret (
    tenant_id   integer     not null,
    id          uuid        not null,
    kind        varchar(20) not null,
    key_version integer     not null,
    sealed      bytea       not null,
    hash        bytea       not null,
    masked      varchar(200) not null,
    created_at  bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, key_version) references data_key (tenant_id, version)
);
create index secret_hash on secret (tenant_id, kind, hash);

create table file (
    tenant_id   integer      not null,
    id          uuid         not null,
    name        varchar(260) not null,
    media_type  varchar(100) not null,
    sha256      bytea        not null,
    content     bytea        not null,
    created_at  bigint       not null,
    primary key (tenant_id, id),
    unique (tenant_id, sha256)
);
