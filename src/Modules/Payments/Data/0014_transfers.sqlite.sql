-- A payout's voucher has no payment. SQLite lifts no "not null": the vouchers move to a table like theirs.
create table voucher_of_all (
    tenant_id    integer     not null,
    number       bigint      not null,
    kind         varchar(20) not null,
    order_id     uuid        not null,
    order_no     varchar(32) not null,
    payment_id   uuid,
    channel      varchar(20) not null,
    channel_no   varchar(64) not null,
    amount       bigint      not null,
    at           bigint      not null,
    recorded_at  bigint      not null,
    entry_id     bigint      not null,
    message_id   uuid,
    our_no       varchar(32),
    primary key (tenant_id, number),
    unique (tenant_id, entry_id),
    foreign key (tenant_id, payment_id) references payment (tenant_id, id),
    check (payment_id is not null or kind = 'Transfer')
);
insert into voucher_of_all (tenant_id, number, kind, order_id, order_no, payment_id, channel, channel_no, amount, at, recorded_at, entry_id, message_id, our_no)
select tenant_id, number, kind, order_id, order_no, payment_id, channel, channel_no, amount, at, recorded_at, entry_id, message_id, our_no from voucher;
drop table voucher;
alter table voucher_of_all rename to voucher;
create index voucher_channel_no on voucher (tenant_id, channel_no);
create index voucher_order on voucher (tenant_id, order_no);
create index voucher_at on voucher (tenant_id, at);
create index voucher_recorded on voucher (tenant_id, recorded_at, number);
create index voucher_payment on voucher (tenant_id, payment_id);
create index voucher_our_no on voucher (tenant_id, our_no);
create trigger voucher_no_update before update on voucher begin select raise(abort, 'voucher is append-only'); end;
create trigger voucher_no_delete before delete on voucher begin select raise(abort, 'voucher is append-only'); end;
