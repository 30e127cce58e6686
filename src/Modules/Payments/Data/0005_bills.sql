-- A channel's file of a day as it was downloaded and read: one for each day and kind. It and its lines are append-only.
create table channel_bill (
    tenant_id   integer     not null,
    channel     varchar(20) not null,
    day         date        not null,
    kind        varchar(10) not null,
    file_id     uuid        not null,
    lines       integer     not null,
    others      integer     not null,
    fetched_at  bigint      not null,
    primary key (tenant_id, channel, day, kind)
);

create table channel_bill_line (
    tenant_id   integer      not null,
    channel     varchar(20)  not null,
    day         date         not null,
    kind        varchar(10)  not null,
    line        integer      not null,
    type        varchar(10)  not null,
    our_no      varchar(64)  not null,
    channel_no  varchar(64)  not null,
    at          bigint       not null,
    amount      bigint       not null,
    fee         bigint       not null,
    words       varchar(100) not null,
    balance     bigint,
    primary key (tenant_id, channel, day, kind, line),
    foreign key (tenant_id, channel, day, kind) references channel_bill (tenant_id, channel, day, kind)
);
create index channel_bill_line_no on channel_bill_line (tenant_id, our_no);

-- How the check of a channel's day stands: vouchers, bill, ledger.
create table channel_day (
    tenant_id    integer     not null,
    channel      varchar(20) not null,
    day          date        not null,
    state        varchar(10) not null,
    trouble      varchar(60),
    late_told_at bigint,
    checked_at   bigint,
    voucher_in   bigint      not null,
    voucher_out  bigint      not null,
    bill_in      bigint      not null,
    bill_out     bigint      not null,
    bill_fee     bigint      not null,
    ledger_in    bigint      not null,
    ledger_out   bigint      not null,
    ledger_fee   bigint      not null,
    primary key (tenant_id, channel, day)
);
create index channel_day_day on channel_day (tenant_id, day);

-- gone_at: a later check did not find it any more. explained: somebody of finance has said what it is.
create table channel_difference (
    tenant_id      integer      not null,
    id             uuid         not null,
    channel        varchar(20)  not null,
    day            date         not null,
    class          varchar(20)  not null,
    type           varchar(10)  not null,
    our_no         varchar(64)  not null,
    channel_no     varchar(64)  not null,
    ours           bigint       not null,
    theirs         bigint       not null,
    voucher        bigint,
    line           integer,
    found_at       bigint       not null,
    gone_at        bigint,
    explanation    varchar(200),
    explained_by   varchar(200),
    explained_at   bigint,
    primary key (tenant_id, id),
    foreign key (tenant_id, channel, day) references channel_day (tenant_id, channel, day)
);
create index channel_difference_day on channel_difference (tenant_id, channel, day);

-- Our own number of what a voucher moves: the payment's, or the refund's. Bills know both.
alter table voucher add column our_no varchar(32);
create index voucher_our_no on voucher (tenant_id, our_no);
create index refund_payment on refund (tenant_id, payment_id);
