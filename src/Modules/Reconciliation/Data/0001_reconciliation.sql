-- How an upstream writes its sheets: a new version for every change. Append-only.
create table recon_template (
    tenant_id    integer      not null,
    upstream_id  uuid         not null,
    version      integer      not null,
    template     text         not null,
    saved_at     bigint       not null,
    saved_by     varchar(200) not null,
    primary key (tenant_id, upstream_id, version)
);

create table recon_sheet (
    tenant_id        integer      not null,
    id               uuid         not null,
    upstream_id      uuid         not null,
    period           integer      not null,
    file_id          uuid         not null,
    file_name        varchar(200) not null,
    hash             char(64)     not null,
    template         text         not null,
    template_version integer      not null,
    state            varchar(10)  not null,
    row_count        integer      not null,
    line_count       integer      not null,
    sheet_total      bigint       not null,
    expected_total   bigint       not null,
    workbook_id      uuid,
    uploaded_at      bigint       not null,
    uploaded_by      varchar(200) not null,
    opened_at        bigint,
    closed_at        bigint,
    primary key (tenant_id, id),
    unique (tenant_id, hash)
);
create index recon_sheet_upstream on recon_sheet (tenant_id, upstream_id, period);

-- The rows of a sheet, each as the file has it. Append-only.
create table recon_row (
    tenant_id  integer not null,
    sheet_id   uuid    not null,
    number     integer not null,
    cells      text    not null,
    primary key (tenant_id, sheet_id, number),
    foreign key (tenant_id, sheet_id) references recon_sheet (tenant_id, id)
);

-- One for each row, and one for each expected line that no row pays. order_id is null where the row has no line.
create table recon_difference (
    tenant_id     integer      not null,
    sheet_id      uuid         not null,
    number        integer      not null,
    class         varchar(20)  not null,
    order_id      uuid,
    order_no      varchar(40),
    stage         varchar(60)  not null,
    instance      varchar(60)  not null,
    row_number    integer,
    reference     varchar(80)  not null,
    expected      bigint       not null,
    sheet         bigint       not null,
    effect        bigint       not null,
    sheet_status  varchar(80),
    period        integer,
    status        varchar(12)  not null,
    owner         varchar(40),
    due           date,
    decisions     integer      not null,
    primary key (tenant_id, sheet_id, number),
    foreign key (tenant_id, sheet_id) references recon_sheet (tenant_id, id),
    check (sheet = expected + effect)
);
create index recon_difference_class on recon_difference (tenant_id, sheet_id, class, status, number);
create index recon_difference_order on recon_difference (tenant_id, order_id) where order_id is not null;

-- What was decided, by whom and when. Append-only.
create table recon_decision (
    tenant_id     integer      not null,
    sheet_id      uuid         not null,
    number        integer      not null,
    sequence      integer      not null,
    status        varchar(12)  not null,
    decided_at    bigint       not null,
    decided_by    varchar(200) not null,
    note          varchar(200) not null,
    owner         varchar(40),
    due           date,
    entry_id  bigint,
    primary key (tenant_id, sheet_id, number, sequence),
    foreign key (tenant_id, sheet_id, number) references recon_difference (tenant_id, sheet_id, number)
);
