-- Codes by which a consumer finds his orders again. The code itself stands nowhere.
create table track_code (
    tenant_id   integer     not null,
    token       varchar(40) not null,
    phone_hash  bytea       not null,
    slot        bigint      not null,
    phone_id    uuid,
    asked_at    bigint      not null,
    expires_at  bigint      not null,
    attempts    integer     not null,
    sent_at     bigint,
    used_at     bigint,
    primary key (tenant_id, token),
    unique (tenant_id, phone_hash, slot)
);
create index track_code_asked on track_code (tenant_id, asked_at);
create index sales_order_phone on sales_order (tenant_id, phone_id);
