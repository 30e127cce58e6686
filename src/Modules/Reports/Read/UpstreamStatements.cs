using HaoSuan.Catalog;
using HaoSuan.Ledger;

namespace HaoSuan.Reports;

/// <summary>Statements (上游对账单) of upstreams by calendar month: their receivable account, told in full.</summary>
public sealed class UpstreamStatements(Db db, Books books, AccountLines lines, Products products, Schemes schemes, TenantScope tenant)
{
    private const string Settle = "settle";

    /// <summary>Null where there is no such upstream.</summary>
    public Task<UpstreamStatement?> OfAsync(UpstreamId id, Month month, CancellationToken cancel = default) => db.InSnapshot(async () =>
    {
        if (await products.UpstreamAsync(id, cancel) is not { } upstream) return null;
        var account = Accounts.UpstreamReceivable(id);
        return new UpstreamStatement(
            id, upstream.Name, month,
            await books.BalanceBeforeAsync([account], month, cancel),
            await LinesAsync(id, month, cancel),
            await ChangesAsync(account, month, cancel),
            await ConfirmedAsync(id, month, cancel),
            await books.BalanceBeforeAsync([account], month + 1, cancel));
    }, cancel);

    private async Task<IReadOnlyList<UpstreamLine>> LinesAsync(UpstreamId upstream, Month month, CancellationToken cancel)
    {
        var names = (await products.AllAsync(cancel)).ToDictionary(p => p.Id.Value, p => p.Name);
        List<UpstreamLine> named = [];
        foreach (var sum in await BookedAsync(upstream, month, cancel))
        {
            var scheme = sum.Product is { } product ? (await schemes.FindAsync(ProductId.From(product), sum.Version ?? 0, cancel)).Scheme : null;
            var stage = scheme?.Stages.FirstOrDefault(s => s.Key == sum.Stage)?.Name ?? sum.Stage;
            named.Add(new(sum.Product is { } id ? names[id] : "不属于任何订单", stage, sum.Count, new(sum.Amount), sum.Late is { } late ? new Month(late) : null));
        }
        return [.. named.GroupBy(l => (l.Product, l.Stage, l.Late))
            .Select(g => new UpstreamLine(
                g.Key.Product, g.Key.Stage, g.Sum(l => l.Count), g.Aggregate(Money.Zero, (sum, l) => sum + l.Amount), g.Key.Late))
            .Where(l => l.Count > 0 || !l.Amount.IsZero)
            .OrderBy(l => l.Product, StringComparer.Ordinal).ThenBy(l => l.Late is not null).ThenBy(l => l.Late).ThenBy(l => l.Stage, StringComparer.Ordinal)];
    }

    // What is booked late is counted with its month, and taken out of the rest.
    private async Task<List<Booked>> BookedAsync(UpstreamId id, Month month, CancellationToken cancel)
    {
        var (first, last) = await books.EntriesOfAsync(month, cancel);
        var (tenantId, code) = (db.CurrentTenant.Value, Accounts.UpstreamReceivable(id).Code);
        return await db.Database.SqlQuery<Booked>(
            $"""
            select o.product_id as product, o.scheme_version as version, b.stage, b.late, cast(sum(b.count) as bigint) as count,
                cast(sum(b.amount) as bigint) as amount
            from (
                select e.order_id, p.label as stage, cast(null as integer) as late, 1 as count, p.amount
                from ledger_account a
                join ledger_posting p on p.tenant_id = a.tenant_id and p.account_id = a.id
                join ledger_entry e on e.tenant_id = p.tenant_id and e.id = p.entry_id
                where a.tenant_id = {tenantId} and a.code = {code} and e.period = {month.Number} and e.kind = {Settle}
                    and p.entry_id between {first} and {last}
                union all
                select e.order_id, l.stage, case when side = 1 then l.month else null end, side, side * l.upstream
                from settlement_late l
                join ledger_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
                join sales_order s on s.tenant_id = e.tenant_id and s.id = e.order_id and s.upstream_id = {id.Value}
                cross join (select 1 as side union all select -1 as side) sides
                where l.tenant_id = {tenantId} and e.period = {month.Number} and e.kind = {Settle} and l.upstream <> 0
                    and l.entry_id between {first} and {last}
            ) b
            left join sales_order o on o.tenant_id = {tenantId} and o.id = b.order_id
            group by o.product_id, o.scheme_version, b.stage, b.late
            """).ToListAsync(cancel);
    }

    private async Task<IReadOnlyList<UpstreamChange>> ChangesAsync(Account account, Month month, CancellationToken cancel)
    {
        var (first, last) = await books.EntriesOfAsync(month, cancel);
        var kinds = await db.Database.SqlQuery<string>(
            $"""
            select distinct e.kind as "Value"
            from ledger_account a
            join ledger_posting p on p.tenant_id = a.tenant_id and p.account_id = a.id
            join ledger_entry e on e.tenant_id = p.tenant_id and e.id = p.entry_id
            where a.tenant_id = {db.CurrentTenant.Value} and a.code = {account.Code} and e.period = {month.Number} and e.kind <> {Settle}
                and p.entry_id between {first} and {last}
            """).ToListAsync(cancel);
        IReadOnlyList<Account> accounts =
            [account, Accounts.Bank, Accounts.WriteOff, Accounts.Suspense("reconciliation"), Accounts.UpstreamCommission];
        return [.. (await lines.OfMonthAsync(accounts, kinds, month, cancel)).GroupBy(l => l.EntryId)
            .Select(g => (Entry: g.First(), Amounts: accounts.Select((_, i) => g.Aggregate(Money.Zero, (sum, l) => sum + l.Amounts[i])).ToList()))
            .Where(e => !e.Amounts[0].IsZero)
            .Select(e => new UpstreamChange(
                e.Entry.PostedAt, e.Entry.Number, KindOf(e.Amounts), e.Entry.Memo, e.Amounts[0],
                Month.Of(tenant.Zone.DateOf(e.Entry.At)) is var happened && happened < month ? happened : null))];
    }

    private static string KindOf(List<Money> amounts) => amounts switch
    {
        [_, { IsZero: false }, ..] => UpstreamStatement.Receipt,
        [_, _, { IsZero: false }, ..] => "差额核销",
        [_, _, _, { IsZero: false }, _] => "转入挂账",
        [_, _, _, _, { IsZero: false }] => "多付计入收入",
        _ => "调整",
    };

    private async Task<(long Count, Money Amount)> ConfirmedAsync(UpstreamId id, Month month, CancellationToken cancel)
    {
        var (from, until) = (tenant.Zone.StartOf(month.First).Microseconds, tenant.Zone.StartOf((month + 1).First).Microseconds);
        var sum = await db.Database.SqlQuery<Confirmed>(
            $"""
            select count(*) as count, cast(coalesce(sum(d.sheet), 0) as bigint) as amount
            from recon_decision c
            join recon_difference d on d.tenant_id = c.tenant_id and d.sheet_id = c.sheet_id and d.number = c.number
            join recon_sheet s on s.tenant_id = c.tenant_id and s.id = c.sheet_id
            where c.tenant_id = {db.CurrentTenant.Value} and s.upstream_id = {id.Value} and c.status = 'Confirmed'
                and c.decided_at >= {from} and c.decided_at < {until}
            """).SingleAsync(cancel);
        return (sum.Count, new(sum.Amount));
    }

    private sealed class Booked
    {
        public Guid? Product { get; init; }
        public int? Version { get; init; }
        public required string Stage { get; init; }
        public int? Late { get; init; }
        public long Count { get; init; }
        public long Amount { get; init; }
    }

    private sealed class Confirmed
    {
        public long Count { get; init; }
        public long Amount { get; init; }
    }
}
