create table device_model (
    tenant_id  integer      not null,
    id         uuid         not null,
    code       varchar(20)  not null,
    name       varchar(60)  not null,
    summary    varchar(200) not null,
    on_offer   boolean      not null,
    terms      text         not null,
    primary key (tenant_id, id),
    unique (tenant_id, code)
);

create table device (
    tenant_id    integer     not null,
    serial       varchar(40) not null,
    model_id     uuid        not null,
    state        varchar(20) not null,
    lease_id     uuid,
    received_at  bigint      not null,
    steps        integer     not null,
    primary key (tenant_id, serial),
    foreign key (tenant_id, model_id) references device_model (tenant_id, id)
);
create index device_stock on device (tenant_id, model_id, state, serial);
create unique index device_lease on device (tenant_id, lease_id) where lease_id is not null;

create table device_move (
    tenant_id   integer      not null,
    serial      varchar(40)  not null,
    step        integer      not null,
    from_state  varchar(20),
    to_state    varchar(20)  not null,
    lease_id    uuid,
    reason      varchar(200) not null,
    actor       varchar(200) not null,
    at          bigint       not null,
    primary key (tenant_id, serial, step),
    foreign key (tenant_id, serial) references device (tenant_id, serial)
);

-- Terms and contract are those of the day on which it was placed. The device's own row says which lease has it now.
create table lease (
    tenant_id      integer     not null,
    id             uuid        not null,
    lease_no       varchar(20) not null,
    token          varchar(32) not null,
    model_id       uuid        not null,
    serial         varchar(40) not null,
    seller         uuid        not null,
    state          varchar(20) not null,
    terms          text        not null,
    contract       text        not null,
    name_id        uuid        not null,
    id_number_id   uuid        not null,
    phone_id       uuid        not null,
    address_id     uuid        not null,
    placed_at      bigint      not null,
    contract_day   date,
    ends_on        date,
    next_period    integer     not null,
    next_bill_on   date,
    offer_until    bigint,
    deposit        bigint      not null,
    parcel         varchar(80),
    bills          integer     not null,
    steps          integer     not null,
    primary key (tenant_id, id),
    unique (tenant_id, lease_no),
    unique (tenant_id, token),
    foreign key (tenant_id, serial) references device (tenant_id, serial)
);
create index lease_state on lease (tenant_id, state, placed_at);
create index lease_placed on lease (tenant_id, placed_at);
create index lease_seller on lease (tenant_id, seller, placed_at);
create index lease_serial on lease (tenant_id, serial);
create index lease_to_bill on lease (tenant_id, next_bill_on) where next_bill_on is not null;

create table lease_bill (
    tenant_id   integer      not null,
    id          uuid         not null,
    lease_id    uuid         not null,
    number      integer      not null,
    kind        varchar(20)  not null,
    text        varchar(500) not null,
    period      integer,
    from_day    date,
    until_day   date,
    due         date         not null,
    amount      bigint       not null,
    paid        bigint       not null,
    state       varchar(20)  not null,
    overdue     boolean      not null,
    payment_id  uuid,
    issued_at   bigint       not null,
    settled_at  bigint,
    primary key (tenant_id, id),
    unique (tenant_id, lease_id, number),
    foreign key (tenant_id, lease_id) references lease (tenant_id, id)
);
create unique index lease_bill_month on lease_bill (tenant_id, lease_id, period) where period is not null;
create index lease_bill_open on lease_bill (tenant_id, due) where state = 'Open';

create table lease_step (
    tenant_id   integer       not null,
    lease_id    uuid          not null,
    number      integer       not null,
    event       varchar(30)   not null,
    from_state  varchar(20),
    to_state    varchar(20)   not null,
    note        varchar(1200) not null,
    actor       varchar(200)  not null,
    at          bigint        not null,
    primary key (tenant_id, lease_id, number),
    foreign key (tenant_id, lease_id) references lease (tenant_id, id)
);
