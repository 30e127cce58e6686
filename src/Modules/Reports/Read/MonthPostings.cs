using HaoSuan.Ledger;

namespace HaoSuan.Reports;

/// <summary>What a month's postings have moved together: by account, kind of entry, role, and the order's product and upstream.</summary>
internal sealed class Moved
{
    public required string Kind { get; init; }

    /// <summary>The account's code; those of single orders together.</summary>
    public required string Code { get; init; }

    /// <summary>Of a settlement's line: sale, spread, peer, bonus or penalty.</summary>
    public required string Role { get; init; }

    public Guid? Product { get; init; }
    public Guid? Upstream { get; init; }
    public long Debits { get; init; }
    public long Credits { get; init; }

    /// <summary>Debit positive.</summary>
    public Money Amount => new(Debits - Credits);
}

/// <summary>
/// Reads the month's postings one by one, where the ledger keeps sums for accounts only. The database adds them up: a month of a
/// million orders comes back as some thousand rows.
/// </summary>
internal sealed class MonthPostings(Db db, Books books)
{
    public async Task<List<Moved>> OfAsync(Month month, CancellationToken cancel)
    {
        var (first, last) = await books.EntriesOfAsync(month, cancel);
        return await db.Database.SqlQuery<Moved>(
            $"""
            select kind, code, role, product, upstream, cast(sum(debit) as bigint) as debits, cast(sum(credit) as bigint) as credits
            from (
                select e.kind, o.product_id as product, o.upstream_id as upstream,
                    case when a.code like 'liability:customer:%' then 'liability:customer' when a.code like 'liability:deposit:%' then 'liability:deposit'
                        when a.code like 'liability:unapplied:%' then 'liability:unapplied'
                        when a.code like 'asset:lease_receivable:%' then 'asset:lease_receivable' else a.code end as code,
                    case when p.label like '%/sale' then 'sale' when p.label like '%/spread' then 'spread' when p.label like '%/peer' then 'peer'
                        when p.label like '%/bonus' then 'bonus' when p.label like '%/penalty' then 'penalty' else '' end as role,
                    case when p.amount > 0 then p.amount else 0 end as debit, case when p.amount < 0 then -p.amount else 0 end as credit
                from ledger_entry e
                join ledger_posting p on p.tenant_id = e.tenant_id and p.entry_id = e.id
                join ledger_account a on a.tenant_id = p.tenant_id and a.id = p.account_id
                left join sales_order o on o.tenant_id = e.tenant_id and o.id = e.order_id
                where e.tenant_id = {db.CurrentTenant.Value} and p.tenant_id = {db.CurrentTenant.Value} and e.period = {month.Number}
                    and e.id between {first} and {last} and p.entry_id between {first} and {last}
            ) moved
            group by kind, code, role, product, upstream
            """).ToListAsync(cancel);
    }

    /// <summary>What was booked in the month for closed ones.</summary>
    public async Task<IReadOnlyList<LateMonth>> LateAsync(Month month, CancellationToken cancel)
    {
        var (first, last) = await books.EntriesOfAsync(month, cancel);
        return [.. (await db.Database.SqlQuery<Late>(
            $"""
            select l.month, count(*) as lines, cast(sum(l.upstream) as bigint) as upstream, cast(sum(l.commission) as bigint) as commission
            from settlement_late l
            join ledger_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
            where l.tenant_id = {db.CurrentTenant.Value} and e.period = {month.Number} and l.entry_id between {first} and {last}
            group by l.month
            """).ToListAsync(cancel)).OrderBy(l => l.Month).Select(l => new LateMonth(new(l.Month), (int)l.Lines, new(l.Upstream), new(l.Commission)))];
    }

    private sealed class Late
    {
        public int Month { get; init; }
        public long Lines { get; init; }
        public long Upstream { get; init; }
        public long Commission { get; init; }
    }
}
