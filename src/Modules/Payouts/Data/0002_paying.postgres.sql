set local haosuan.tenant = '0';

alter table payout add column asked bigint not null default 0;
alter table payout add column needs_second boolean not null default false;
alter table payout add column checked_at bigint;
alter table payout add column checked_by varchar(200);
alter table payout add column attempt integer not null default 1;
alter table payout add column batch_id uuid;
alter table payout add column sent_at bigint;
alter table payout add column confirmation varchar(1000);

-- What was approved before went out at once, or stands in a file that was downloaded.
update payout set asked = amount, sent_at = case when status in ('Approved', 'Paid', 'Failed') then decided_at end;

-- Whether there may be several open ones is a matter of the policy, and decided while the balance is held.
drop index payout_one_open;
create index payout_open on payout (tenant_id, distributor_id) where is_open;
create index payout_waiting on payout (tenant_id, method) where status = 'Approved' and batch_id is null;
create index payout_batch_of on payout (tenant_id, batch_id);

create table payout_policy (
    tenant_id      integer      not null,
    method         varchar(20)  not null,
    number         integer      not null,
    valid_from     date         not null,
    least          bigint       not null,
    most           bigint       not null,
    splits         boolean      not null,
    most_per_month bigint       not null,
    fee_rate       integer      not null,
    fee_least      bigint       not null,
    fee_most       bigint       not null,
    cool_down_days integer      not null,
    deposit        bigint       not null,
    one_open       boolean      not null,
    second_from    bigint       not null,
    set_at         bigint       not null,
    set_by         varchar(200) not null,
    primary key (tenant_id, method, number)
);

create table payout_batch (
    tenant_id integer      not null,
    id        uuid         not null,
    number    varchar(32)  not null,
    method    varchar(20)  not null,
    format    varchar(20),
    made_at   bigint       not null,
    made_by   varchar(200) not null,
    primary key (tenant_id, id),
    unique (tenant_id, number)
);

-- A batch as it was sent: a payout that failed and is tried again stands in a later one under another reference.
create table payout_batch_line (
    tenant_id integer     not null,
    batch_id  uuid        not null,
    reference varchar(32) not null,
    payout_id uuid        not null,
    amount    bigint      not null,
    primary key (tenant_id, batch_id, reference),
    foreign key (tenant_id, batch_id) references payout_batch (tenant_id, id),
    foreign key (tenant_id, payout_id) references payout (tenant_id, id)
);

create index payout_batch_line_payout on payout_batch_line (tenant_id, payout_id);

-- A bank's file of results as it was read.
create table payout_result_file (
    tenant_id integer      not null,
    id        uuid         not null,
    batch_id  uuid         not null,
    sha256    varchar(64)  not null,
    read_at   bigint       not null,
    read_by   varchar(200) not null,
    primary key (tenant_id, id),
    unique (tenant_id, batch_id, sha256),
    foreign key (tenant_id, batch_id) references payout_batch (tenant_id, id)
);

create table payout_result_line (
    tenant_id integer      not null,
    file_id   uuid         not null,
    line      integer      not null,
    reference varchar(64)  not null,
    outcome   varchar(20)  not null,
    note      varchar(300) not null,
    primary key (tenant_id, file_id, line),
    foreign key (tenant_id, file_id) references payout_result_file (tenant_id, id)
);

-- Who a distributor is in our WeChat app, as WeChat has told.
create table payout_wallet (
    tenant_id      integer not null,
    distributor_id uuid    not null,
    openid_id      uuid    not null,
    bound_at       bigint  not null,
    primary key (tenant_id, distributor_id)
);
