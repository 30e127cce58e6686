-- What a waiting batch adds to the balances, [[account, period, debits, credits], …]: whoever posts has it at hand, and sealing need not read its postings.
alter table ledger_unsealed add column movements text not null default '[]';
update ledger_unsealed set movements = (
    select json_group_array(json_array(m.account_id, m.period, m.debits, m.credits))
    from (
        select account_id, period, sum(case when amount > 0 then amount else 0 end) debits, sum(case when amount < 0 then -amount else 0 end) credits
        from ledger_posting p
        where p.tenant_id = ledger_unsealed.tenant_id
            and p.entry_id between ledger_unsealed.batch_id * 65536 and ledger_unsealed.batch_id * 65536 + 65535
        group by account_id, period
    ) m);
