create table ledger_entry (
    tenant_id  integer      not null,
    id         bigint       not null,
    period     integer      not null,
    kind       varchar(40)  not null,
    source     varchar(160) not null,
    at         bigint       not null,
    memo       varchar(300) not null,
    order_id   uuid,
    primary key (tenant_id, id),
    unique (tenant_id, source)
);
create index ledger_entry_order on ledger_entry (tenant_id, order_id);

-- The period is its entry's: sums by month need no join.
create table ledger_posting (
    tenant_id   integer      not null,
    period      integer      not null,
    entry_id    bigint       not null,
    line        smallint     not null,
    account_id  integer      not null,
    amount      bigint       not null,
    label       varchar(160) not null,
    primary key (tenant_id, entry_id, line)
);
create index ledger_posting_account on ledger_posting (tenant_id, account_id, entry_id);

-- What every entry has moved, sealed or not.
create view ledger_movement as
select tenant_id, account_id, period, debits, credits from ledger_balance
union all
select p.tenant_id, p.account_id, p.period, case when p.amount > 0 then p.amount else 0 end, case when p.amount < 0 then -p.amount else 0 end
from ledger_unsealed u
join ledger_posting p on p.tenant_id = u.tenant_id and p.entry_id between u.batch_id * 65536 and u.batch_id * 65536 + 65535;

-- An entry whose postings do not add up to zero keeps a row here, and with it the transaction from being committed.
create table ledger_never (
    tenant_id  integer not null check (tenant_id < 0),
    entry_id   bigint  not null,
    primary key (tenant_id, entry_id)
);
create table ledger_unbalanced (
    tenant_id  integer not null,
    entry_id   bigint  not null,
    amount     bigint  not null,
    primary key (tenant_id, entry_id),
    foreign key (tenant_id, entry_id) references ledger_never (tenant_id, entry_id) deferrable initially deferred
) without rowid;
create trigger ledger_posting_balanced after insert on ledger_posting begin
    insert into ledger_unbalanced (tenant_id, entry_id, amount) values (new.tenant_id, new.entry_id, new.amount)
        on conflict (tenant_id, entry_id) do update set amount = amount + excluded.amount;
    delete from ledger_unbalanced where tenant_id = new.tenant_id and entry_id = new.entry_id and amount = 0;
end;

create trigger ledger_batch_no_update before update on ledger_batch begin select raise(abort, 'ledger_batch is append-only'); end;
create trigger ledger_batch_no_delete before delete on ledger_batch begin select raise(abort, 'ledger_batch is append-only'); end;
create trigger ledger_entry_no_update before update on ledger_entry begin select raise(abort, 'ledger_entry is append-only'); end;
create trigger ledger_entry_no_delete before delete on ledger_entry begin select raise(abort, 'ledger_entry is append-only'); end;
create trigger ledger_posting_no_update before update on ledger_posting begin select raise(abort, 'ledger_posting is append-only'); end;
create trigger ledger_posting_no_delete before delete on ledger_posting begin select raise(abort, 'ledger_posting is append-only'); end;
create trigger ledger_block_no_update before update on ledger_block begin select raise(abort, 'ledger_block is append-only'); end;
create trigger ledger_block_no_delete before delete on ledger_block begin select raise(abort, 'ledger_block is append-only'); end;
create trigger ledger_seal_no_update before update on ledger_seal begin select raise(abort, 'ledger_seal is append-only'); end;
create trigger ledger_seal_no_delete before delete on ledger_seal begin select raise(abort, 'ledger_seal is append-only'); end;
create trigger ledger_closing_no_update before update on ledger_closing begin select raise(abort, 'ledger_closing is append-only'); end;
create trigger ledger_closing_no_delete before delete on ledger_closing begin select raise(abort, 'ledger_closing is append-only'); end;
