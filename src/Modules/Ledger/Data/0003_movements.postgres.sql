-- What a waiting batch adds to the balances, [[account, period, debits, credits], …]: whoever posts has it at hand, and sealing need not read its postings.
set local haosuan.tenant = '0';     -- the rows of all
alter table ledger_unsealed add column movements text not null default '[]';
alter table ledger_unsealed alter column movements drop default;
update ledger_unsealed u set movements = coalesce((
    select json_agg(json_build_array(m.account_id, m.period, m.debits, m.credits))::text
    from (
        select account_id, period, sum(case when amount > 0 then amount else 0 end) debits, sum(case when amount < 0 then -amount else 0 end) credits
        from ledger_posting p
        where p.tenant_id = u.tenant_id and p.entry_id between u.batch_id * 65536 and u.batch_id * 65536 + 65535
        group by account_id, period
    ) m), '[]');
