-- What entries have booked for something that was earned in a month already closed then (补记). Written with the entry, never changed.
create table settlement_late (
    tenant_id   integer     not null,
    entry_id    bigint      not null,
    stage       varchar(60) not null,
    instance    varchar(60) not null,
    month       integer     not null,
    upstream    bigint      not null,
    commission  bigint      not null,
    primary key (tenant_id, entry_id, stage, instance)
);
