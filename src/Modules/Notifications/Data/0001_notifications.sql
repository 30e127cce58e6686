-- What a user is told. The id is that of the delivery of its event, so each user is told once.
create table notification (
    tenant_id   integer      not null,
    user_id     uuid         not null,
    id          uuid         not null,
    kind        varchar(40)  not null,
    text        varchar(100) not null,
    insertions  text         not null,
    href        varchar(300) not null,
    told_at     bigint       not null,
    read_at     bigint,
    primary key (tenant_id, user_id, id)
);
create index notification_unread on notification (tenant_id, user_id, kind) where read_at is null;
create index notification_read on notification (tenant_id, read_at);
