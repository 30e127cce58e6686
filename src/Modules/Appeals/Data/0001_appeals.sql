create table appeal (
    tenant_id      integer      not null,
    id             uuid         not null,
    number         varchar(32)  not null,
    request_key    varchar(64)  not null,
    order_id       uuid         not null,
    order_no       varchar(20)  not null,
    product_id     uuid         not null,
    stage          varchar(200) not null,
    distributor_id uuid         not null,
    opened_at      bigint       not null,
    state          varchar(20)  not null,
    is_open        boolean      not null,
    due            date         not null,
    days_left      integer      not null,
    verdict        varchar(20),
    decided_at     bigint,
    was_reopened   boolean      not null,
    owner          varchar(200),
    message_count  integer      not null,
    file_count     integer      not null,
    primary key (tenant_id, id),
    unique (tenant_id, number),
    unique (tenant_id, distributor_id, request_key)
);
create unique index appeal_one_open on appeal (tenant_id, order_id, stage, distributor_id) where is_open;
create index appeal_of_distributor on appeal (tenant_id, distributor_id, opened_at);
create index appeal_state on appeal (tenant_id, state, due);

-- The thread that both sides see. Append-only.
create table appeal_message (
    tenant_id   integer      not null,
    appeal_id   uuid         not null,
    number      integer      not null,
    kind        varchar(20)  not null,
    by_office   boolean      not null,
    author      varchar(200) not null,
    at          bigint       not null,
    text        text         not null,
    request_key varchar(64)  not null,
    primary key (tenant_id, appeal_id, number),
    unique (tenant_id, appeal_id, request_key),
    foreign key (tenant_id, appeal_id) references appeal (tenant_id, id)
);

create table appeal_file (
    tenant_id      integer      not null,
    appeal_id      uuid         not null,
    number         integer      not null,
    message_number integer      not null,
    file_id        uuid         not null,
    media_type     varchar(100) not null,
    bytes          integer      not null,
    primary key (tenant_id, appeal_id, number),
    foreign key (tenant_id, appeal_id, message_number) references appeal_message (tenant_id, appeal_id, number)
);
