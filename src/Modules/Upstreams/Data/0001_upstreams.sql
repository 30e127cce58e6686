create table upstream_submission (
    tenant_id         integer      not null,
    order_id          uuid         not null,
    order_no          varchar(32)  not null,
    upstream_key      varchar(40)  not null,
    upstream_order_no varchar(64),
    state             varchar(20)  not null,
    message           varchar(300),
    submitted_at      bigint       not null,
    polls             integer      not null,
    next_poll_at      bigint,
    primary key (tenant_id, order_id),
    unique (tenant_id, order_no)
);
create index upstream_submission_poll on upstream_submission (tenant_id, next_poll_at);

create table upstream_event (
    tenant_id   integer      not null,
    order_id    uuid         not null,
    event_id    varchar(160) not null,
    kind        varchar(40)  not null,
    at          bigint       not null,
    received_at bigint       not null,
    heard_by    varchar(20)  not null,
    primary key (tenant_id, order_id, event_id),
    foreign key (tenant_id, order_id) references upstream_submission (tenant_id, order_id)
);
