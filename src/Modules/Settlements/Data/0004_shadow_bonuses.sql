-- What a version under way changes in the cards that count for bonuses: added up part by part, gone when the run is finished.
create table shadow_card (
    tenant_id       integer     not null,
    run_id          uuid        not null,
    month           integer     not null,
    stage           varchar(60) not null,
    distributor_id  uuid        not null,
    own             integer     not null,
    team            integer     not null,
    primary key (tenant_id, run_id, month, stage, distributor_id)
);

-- The bonuses that come to something else; never changed.
create table shadow_bonus (
    tenant_id       integer     not null,
    run_id          uuid        not null,
    bonus           varchar(60) not null,
    month           integer     not null,
    distributor_id  uuid        not null,
    live_cards      integer     not null,
    draft_cards     integer     not null,
    live            bigint      not null,
    draft           bigint      not null,
    weight          bigint      not null,
    primary key (tenant_id, run_id, bonus, month, distributor_id)
);
create index shadow_bonus_weight on shadow_bonus (tenant_id, run_id, weight);

-- When the rows of single orders and bonuses were removed; the sums stay.
alter table shadow_run add column details_removed_at bigint;
