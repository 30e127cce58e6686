-- What numbers of a pattern cost and bind to, from when on: for all of them, for one carrier's or for one product's.
create table number_rule (
    tenant_id        integer      not null,
    id               uuid         not null,
    pattern          varchar(10)  not null,
    product_id       uuid,
    carrier          varchar(20),
    in_force_from    bigint       not null,
    supplement       bigint       not null,
    minimum_monthly  bigint       not null,
    prepayment       bigint       not null,
    contract_months  integer      not null,
    note             varchar(500) not null,
    set_by           varchar(200) not null,
    set_at           bigint       not null,
    primary key (tenant_id, id)
);
create index number_rule_set on number_rule (tenant_id, set_at);
