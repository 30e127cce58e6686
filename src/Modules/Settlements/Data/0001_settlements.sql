-- One run over the orders that changed or matured.
create table settlement_run (
    tenant_id    integer not null,
    id           uuid    not null,
    as_of        bigint  not null,
    started_at   bigint  not null,
    finished_at  bigint,
    primary key (tenant_id, id)
);

-- A committed part of a run: its figures are those of its parts.
create table settlement_part (
    tenant_id   integer not null,
    run_id      uuid    not null,
    id          uuid    not null,
    batch_id    bigint,
    orders      integer not null,
    refused     integer not null,
    entries     integer not null,
    sales       bigint  not null,
    upstream    bigint  not null,
    commission  bigint  not null,
    primary key (tenant_id, run_id, id)
);

-- An order as of its last settlement, with what is booked for it: the target of then, as BookedBytes writes it.
create table settled_order (
    tenant_id       integer     not null,
    order_id        uuid        not null,
    order_no        varchar(40) not null,
    product_id      uuid        not null,
    scheme_version  integer     not null,
    upstream_id     uuid        not null,
    paid            bigint      not null,
    settle_count    integer     not null,
    fact_count      integer     not null,
    as_of           bigint      not null,
    state           varchar(12) not null,
    pending         bigint      not null,
    available       bigint      not null,
    upstream        bigint      not null,
    refusal         text,
    booked          bytea       not null,
    primary key (tenant_id, order_id)
);
create index settled_order_upstream on settled_order (tenant_id, upstream_id);
create index settled_order_refused on settled_order (tenant_id, order_no) where refusal is not null;

-- What is booked as bonuses.
create table bonus_line (
    tenant_id       integer     not null,
    month           integer     not null,
    bonus           varchar(60) not null,
    distributor_id  uuid        not null,
    state           varchar(10) not null,
    amount          bigint      not null,
    earned_at       bigint      not null,
    releases_at     bigint,
    primary key (tenant_id, month, bonus, distributor_id, state)
);
create index bonus_line_distributor on bonus_line (tenant_id, distributor_id);

-- How many cards of a stage count for a distributor's month, as of the orders' last settlement.
create table bonus_card (
    tenant_id       integer     not null,
    month           integer     not null,
    stage           varchar(60) not null,
    product_id      uuid        not null,
    distributor_id  uuid        not null,
    own             integer     not null,
    team            integer     not null,
    primary key (tenant_id, month, stage, product_id, distributor_id)
);

-- For which bonuses cards are counted.
create table bonus_coverage (
    tenant_id  integer not null,
    bonuses    text    not null,
    primary key (tenant_id)
);

-- A month whose bonuses are to be looked at from next_due_at on: because its cards changed, it ended, or a bonus matures.
create table bonus_month (
    tenant_id    integer not null,
    month        integer not null,
    next_due_at  bigint,
    as_of        bigint  not null,
    settle_count integer not null,
    primary key (tenant_id, month)
);

-- What the last replays of everything have found.
create table books_verification (
    tenant_id  integer     not null,
    id         uuid        not null,
    at         bigint      not null,
    entries    bigint      not null,
    orders     bigint      not null,
    waiting    bigint      not null,
    seal       varchar(64) not null,
    findings   text        not null,
    primary key (tenant_id, id)
);
