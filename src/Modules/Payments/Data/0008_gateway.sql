-- Calls to a channel, counted in slots of five minutes by all processes together; a call fails that brings no answer to rely on.
create table gateway_call (
    tenant_id   integer     not null,
    channel     varchar(20) not null,
    slot        bigint      not null,
    what        varchar(20) not null,
    calls       integer     not null,
    failed      integer     not null,
    within_100  integer     not null,
    within_300  integer     not null,
    within_1000 integer     not null,
    within_3000 integer     not null,
    primary key (tenant_id, channel, slot, what)
);

create table gateway_error (
    tenant_id   integer     not null,
    channel     varchar(20) not null,
    slot        bigint      not null,
    code        varchar(60) not null,
    count       integer     not null,
    primary key (tenant_id, channel, slot, code)
);

-- The last notices of a channel.
create table gateway_notice (
    tenant_id    integer     not null,
    channel      varchar(20) not null,
    taken_at     bigint,
    refused_at   bigint,
    refused_code varchar(60),
    primary key (tenant_id, channel)
);

-- From when to when a channel was in trouble. One at a time.
create table gateway_alarm (
    tenant_id    integer     not null,
    channel      varchar(20) not null,
    since        bigint      not null,
    calls        integer     not null,
    failed       integer     not null,
    recovered_at bigint,
    primary key (tenant_id, channel, since)
);
create unique index gateway_alarm_open on gateway_alarm (tenant_id, channel) where recovered_at is null;

-- Genuine notices that are not about our merchant or any of our numbers: refused, and kept for a person.
create table odd_notice (
    tenant_id    integer     not null,
    id           uuid        not null,
    channel      varchar(20) not null,
    notice_id    varchar(64) not null,
    number       varchar(64) not null,
    code         varchar(60) not null,
    at           bigint      not null,
    seen_by      varchar(200),
    seen_at      bigint,
    primary key (tenant_id, id),
    unique (tenant_id, channel, notice_id)
);
