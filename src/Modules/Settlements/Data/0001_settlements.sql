-- One run over the orders that changed or matured; its figures are those of its committed batches.
create table settlement_run (
    tenant_id    integer not null,
    id           uuid    not null,
    as_of        bigint  not null,
    started_at   bigint  not null,
    finished_at  bigint,
    orders       integer not null,
    refused      integer not null,
    entries      integer not null,
    sales        bigint  not null,
    upstream     bigint  not null,
    commission   bigint  not null,
    primary key (tenant_id, id)
);

-- What was posted: the difference between target and booked, one row for each posting to a distributor. Append-only.
create table settlement_line (
    tenant_id       integer      not null,
    entry_number    bigint       not null,
    position        integer      not null,
    run_id          uuid         not null,
    order_id        uuid         not null,
    stage           varchar(60)  not null,
    instance        varchar(60)  not null,
    distributor_id  uuid         not null,
    role            varchar(10)  not null,
    state           varchar(10)  not null,
    amount          bigint       not null,
    earned_at       bigint       not null,
    releases_at     bigint,
    as_of           bigint       not null,
    primary key (tenant_id, entry_number, position)
);
create index settlement_line_distributor on settlement_line (tenant_id, distributor_id, entry_number);
create index settlement_line_order on settlement_line (tenant_id, order_id);

-- What is booked: the sum of the lines under each key, which is the target of the last settlement. The order of a bonus is 0.
create table booked_line (
    tenant_id       integer      not null,
    order_id        uuid         not null,
    stage           varchar(60)  not null,
    instance        varchar(60)  not null,
    distributor_id  uuid         not null,
    role            varchar(10)  not null,
    state           varchar(10)  not null,
    amount          bigint       not null,
    earned_at       bigint       not null,
    releases_at     bigint,
    primary key (tenant_id, order_id, stage, instance, distributor_id, role, state)
);
create index booked_line_distributor on booked_line (tenant_id, distributor_id, state);

-- An order as of its last settlement. Its row is locked while it is settled.
create table settled_order (
    tenant_id       integer     not null,
    order_id        uuid        not null,
    order_no        varchar(40) not null,
    product_id      uuid        not null,
    scheme_version  integer     not null,
    upstream_id     uuid        not null,
    seller_id       uuid        not null,
    paid            bigint      not null,
    settle_count    integer     not null,
    fact_count      integer     not null,
    as_of           bigint      not null,
    state           varchar(12) not null,
    pending         bigint      not null,
    available       bigint      not null,
    upstream        bigint      not null,
    refusal         text,
    primary key (tenant_id, order_id)
);
create index settled_order_no on settled_order (tenant_id, order_no);
create index settled_order_refused on settled_order (tenant_id, state) where refusal is not null;

-- Who stands in an order's chain.
create table settled_seat (
    tenant_id       integer not null,
    order_id        uuid    not null,
    position        integer not null,
    distributor_id  uuid    not null,
    is_seller       boolean not null,
    primary key (tenant_id, order_id, position)
);

-- The earned instances of an order's stages as of its last settlement, with what the upstream owes for them.
create table settled_stage (
    tenant_id    integer     not null,
    order_id     uuid        not null,
    stage        varchar(60) not null,
    instance     varchar(60) not null,
    earned_at    bigint      not null,
    releases_at  bigint,
    month        integer     not null,
    upstream     bigint      not null,
    top          bigint      not null,
    counts       boolean     not null,
    primary key (tenant_id, order_id, stage, instance)
);
create index settled_stage_month on settled_stage (tenant_id, month, stage);

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
