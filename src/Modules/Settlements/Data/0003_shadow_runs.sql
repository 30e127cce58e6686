-- History settled by a version that is not live: what was asked, how far it has come, what it has found.
create table shadow_run (
    tenant_id    integer     not null,
    id           uuid        not null,
    product_id   uuid        not null,
    version      integer     not null,
    scheme       text        not null,
    first_month  integer     not null,
    last_month   integer     not null,
    as_of        bigint      not null,
    supposed     text        not null,
    started_at   bigint      not null,
    started_by   varchar(80) not null,
    finished_at  bigint,
    expected     integer     not null,
    part         integer     not null,
    last_at      bigint,
    last_order   uuid,
    orders       integer     not null,
    changed      integer     not null,
    refused      integer     not null,
    outcome      text        not null,
    primary key (tenant_id, id)
);
create index shadow_run_version on shadow_run (tenant_id, product_id, version, started_at);

-- The orders that come to something else, or that the version refuses; never changed.
create table shadow_order (
    tenant_id         integer     not null,
    run_id            uuid        not null,
    order_id          uuid        not null,
    order_no          varchar(40) not null,
    ordered_at        bigint      not null,
    live_upstream     bigint      not null,
    live_commission   bigint      not null,
    draft_upstream    bigint      not null,
    draft_commission  bigint      not null,
    weight            bigint      not null,
    reasons           integer     not null,
    refusal           text,
    findings          text        not null,
    primary key (tenant_id, run_id, order_id)
);
create index shadow_order_weight on shadow_order (tenant_id, run_id, weight, order_id);
