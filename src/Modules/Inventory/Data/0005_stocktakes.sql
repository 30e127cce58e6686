create table stocktake (
    tenant_id   integer      not null,
    id          uuid         not null,
    place       varchar(60)  not null,
    state       varchar(20)  not null,
    started_by  varchar(200) not null,
    started_at  bigint       not null,
    compared_at bigint,
    closed_at   bigint,
    expected    integer      not null,
    counted     integer      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, place) references warehouse (tenant_id, name)
);
create unique index stocktake_open on stocktake (tenant_id, place) where state in ('Counting', 'Deciding');
create index stocktake_started on stocktake (tenant_id, started_at);

create table stocktake_count (
    tenant_id     integer     not null,
    stocktake_id  uuid        not null,
    iccid         varchar(20) not null,
    counted_at    bigint      not null,
    primary key (tenant_id, stocktake_id, iccid),
    foreign key (tenant_id, stocktake_id) references stocktake (tenant_id, id)
);

create table stocktake_difference (
    tenant_id     integer      not null,
    stocktake_id  uuid         not null,
    iccid         varchar(20)  not null,
    kind          varchar(20)  not null,
    book_state    varchar(20),
    book_place    varchar(60),
    decision      varchar(20),
    reason        varchar(200),
    decided_by    varchar(200),
    decided_at    bigint,
    primary key (tenant_id, stocktake_id, iccid),
    foreign key (tenant_id, stocktake_id) references stocktake (tenant_id, id)
);
