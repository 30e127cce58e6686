create sequence ledger_account_id;
create sequence ledger_batch_id;

-- Read through tables with row-level security, written through their only partition, which has none: COPY refuses it.
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
) partition by list (tenant_id);
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
) partition by list (tenant_id);
create index ledger_posting_account on ledger_posting (tenant_id, account_id, entry_id);
create table ledger_entry_rows partition of ledger_entry default;
create table ledger_posting_rows partition of ledger_posting default;

-- What every entry has moved, sealed or not.
create view ledger_movement with (security_invoker = true) as
select tenant_id, account_id, period, debits, credits from ledger_balance
union all
select p.tenant_id, p.account_id, p.period, case when p.amount > 0 then p.amount else 0 end, case when p.amount < 0 then -p.amount else 0 end
from ledger_unsealed u
join ledger_posting p on p.tenant_id = u.tenant_id and p.entry_id between u.batch_id * 65536 and u.batch_id * 65536 + 65535;

create function refuse_unbalanced() returns trigger language plpgsql as $$
declare
    unbalanced bigint;
begin
    select entry_id into unbalanced from written group by tenant_id, entry_id having sum(amount) <> 0 limit 1;
    if found then
        raise exception 'entry % does not add up to zero', unbalanced using errcode = 'check_violation';
    end if;
    return null;
end $$;

create trigger ledger_posting_balanced after insert on ledger_posting
    referencing new table as written for each statement execute function refuse_unbalanced();
create trigger ledger_posting_balanced after insert on ledger_posting_rows
    referencing new table as written for each statement execute function refuse_unbalanced();

create trigger ledger_batch_append_only before update or delete or truncate on ledger_batch for each statement execute function refuse_change();
create trigger ledger_entry_append_only before update or delete or truncate on ledger_entry for each statement execute function refuse_change();
create trigger ledger_entry_rows_append_only before update or delete or truncate on ledger_entry_rows for each statement execute function refuse_change();
create trigger ledger_posting_append_only before update or delete or truncate on ledger_posting for each statement execute function refuse_change();
create trigger ledger_posting_rows_append_only before update or delete or truncate on ledger_posting_rows for each statement execute function refuse_change();
create trigger ledger_block_append_only before update or delete or truncate on ledger_block for each statement execute function refuse_change();
create trigger ledger_seal_append_only before update or delete or truncate on ledger_seal for each statement execute function refuse_change();
create trigger ledger_closing_append_only before update or delete or truncate on ledger_closing for each statement execute function refuse_change();
