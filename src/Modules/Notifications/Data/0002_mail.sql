-- What is personal in a mail, address and attachments, stands in the vault.
create table mail (
    tenant_id    integer      not null,
    id           uuid         not null,
    kind         varchar(40)  not null,
    to_id        uuid         not null,
    subject      varchar(200) not null,
    text         text         not null,
    attachments  text         not null,
    state        varchar(20)  not null,
    attempts     integer      not null,
    fault        varchar(100),
    queued_at    bigint       not null,
    ended_at     bigint,
    primary key (tenant_id, id)
);
create index mail_troubled on mail (tenant_id, kind, state) where state not in ('Sent', 'Replaced');
