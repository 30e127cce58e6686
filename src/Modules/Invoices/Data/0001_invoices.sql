create table invoice_seller (
    tenant_id   integer      not null,
    name        varchar(100) not null,
    tax_number  varchar(20)  not null,
    drawer_id   uuid         not null,
    primary key (tenant_id)
);

create table invoice_rate (
    tenant_id   integer      not null,
    item        varchar(20)  not null,
    from_day    date         not null,
    rate        integer      not null,
    class_code  varchar(19)  not null,
    short_name  varchar(20)  not null,
    name        varchar(60)  not null,
    primary key (tenant_id, item, from_day)
);

-- Blue and red ones. A person's title and whom it goes to stand in the vault. Its step is its number among those of the sale:
-- two that are asked for at once meet at it.
create table invoice (
    tenant_id        integer      not null,
    id               uuid         not null,
    source           varchar(20)  not null,
    sale_id          uuid         not null,
    sale_no          varchar(32)  not null,
    step             integer      not null,
    red_of           uuid,
    issuer           varchar(20)  not null,
    kind             varchar(20)  not null,
    state            varchar(20)  not null,
    title            varchar(100),
    title_id         uuid,
    tax_number       varchar(20),
    lines            text         not null,
    net              bigint       not null,
    tax              bigint       not null,
    delivery         varchar(20)  not null,
    recipient_id     uuid         not null,
    reason           varchar(200) not null,
    number           varchar(32),
    confirmation_no  varchar(40),
    asked_at         bigint       not null,
    asked_by         varchar(200) not null,
    issuing_at       bigint,
    next_ask_at      bigint,
    confirm_by       bigint,
    issued_at        bigint,
    booked_at        bigint,
    fault            varchar(300),
    parcel           varchar(80),
    posted_at        bigint,
    mail_id          uuid,
    primary key (tenant_id, id),
    unique (tenant_id, source, sale_id, step),
    unique (tenant_id, number),
    foreign key (tenant_id, red_of) references invoice (tenant_id, id)
);
create index invoice_state on invoice (tenant_id, state, asked_at);
create index invoice_asked on invoice (tenant_id, asked_at);
create index invoice_sale_no on invoice (tenant_id, sale_no);
create index invoice_to_ask on invoice (tenant_id, next_ask_at) where next_ask_at is not null;
create index invoice_to_confirm on invoice (tenant_id, confirm_by) where state = 'Confirming';
create index invoice_to_post on invoice (tenant_id, issued_at) where delivery = 'Post' and state = 'Issued' and posted_at is null;
create index invoice_mail on invoice (tenant_id, mail_id) where mail_id is not null;

create table invoice_document (
    tenant_id   integer     not null,
    invoice_id  uuid        not null,
    format      varchar(8)  not null,
    secret_id   uuid        not null,
    primary key (tenant_id, invoice_id, format),
    foreign key (tenant_id, invoice_id) references invoice (tenant_id, id)
);

-- The last number of a series of our own documents. Whoever draws the next one holds this row, so they have no gaps.
create table invoice_head (
    tenant_id  integer    not null,
    series     varchar(4) not null,
    number     bigint     not null,
    primary key (tenant_id, series)
);

-- A number that is drawn belongs to one invoice for good: however often it is asked to be issued, it gets the same.
create table invoice_number (
    tenant_id   integer    not null,
    series      varchar(4) not null,
    number      bigint     not null,
    invoice_id  uuid       not null,
    drawn_at    bigint     not null,
    primary key (tenant_id, series, number),
    unique (tenant_id, invoice_id)
);
