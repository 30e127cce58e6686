create table account_user (
    tenant_id         integer      not null,
    id                uuid         not null,
    name              varchar(60)  not null,
    password_hash     varchar(200) not null,
    security_stamp    varchar(64)  not null,
    role              varchar(20)  not null,
    distributor_id    uuid,
    active            boolean      not null,
    failed_sign_ins   integer      not null,
    locked_until      bigint,
    created_at        bigint       not null,
    last_sign_in_at   bigint,
    primary key (tenant_id, id),
    unique (tenant_id, name)
);
create index account_user_distributor on account_user (tenant_id, distributor_id);
