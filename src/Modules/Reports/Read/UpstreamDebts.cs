using HaoSuan.Catalog;
using HaoSuan.Ledger;

namespace HaoSuan.Reports;

/// <summary>What upstreams owe today, by age, with what of it is disputed and when they last paid.</summary>
public sealed class UpstreamDebts(Db db, Books books, Products products, TenantScope tenant, TimeProvider time)
{
    private const string Receivables = "asset:upstream_receivable:";

    /// <summary>The largest debt first. All of them together are the ledger's receivables.</summary>
    public Task<IReadOnlyList<UpstreamDebt>> AllAsync(CancellationToken cancel = default) => db.InSnapshot<IReadOnlyList<UpstreamDebt>>(async () =>
    {
        var now = Month.Of(tenant.Zone.DateOf(time.Now));
        var names = (await products.UpstreamsAsync(cancel)).ToDictionary(u => u.Id, u => u.Name);
        var booked = (await books.MovedAsync(Receivables, new(0), now, cancel)).ToLookup(m => m.Account);
        var disputed = (await DisputedAsync(cancel)).ToDictionary(d => d.Upstream);
        var paid = (await PaidAsync(cancel)).ToDictionary(p => p.Upstream);
        return
        [.. from balance in await books.BalancesAsync(Receivables, cancel)
            let id = Guid.Parse(balance.Account.Code.AsSpan(Receivables.Length))
            let ages = Ageing.Of(booked[balance.Account].Select(m => (m.Period, m.Debits)), balance.Balance, now)
            orderby balance.Balance descending
            select new UpstreamDebt(
                UpstreamId.From(id), names.GetValueOrDefault(UpstreamId.From(id), $"{id}"), ages, balance.Balance,
                new(disputed.GetValueOrDefault(id)?.Amount ?? 0), disputed.GetValueOrDefault(id)?.Count ?? 0,
                paid.GetValueOrDefault(id)?.Last)];
    }, cancel);

    private Task<List<Disputed>> DisputedAsync(CancellationToken cancel) => db.Database.SqlQuery<Disputed>(
        $"""
        select s.upstream_id as upstream, cast(count(*) as bigint) as count, cast(sum(-d.effect) as bigint) as amount
        from recon_difference d
        join recon_sheet s on s.tenant_id = d.tenant_id and s.id = d.sheet_id
        where d.tenant_id = {db.CurrentTenant.Value} and d.status = 'Disputed' and d.class <> 'Matched'
        group by s.upstream_id
        """).ToListAsync(cancel);

    private Task<List<Paid>> PaidAsync(CancellationToken cancel) => db.Database.SqlQuery<Paid>(
        $"""
        select upstream_id as upstream, max(received_on) as last
        from upstream_receipt
        where tenant_id = {db.CurrentTenant.Value} and reversed_at is null
        group by upstream_id
        """).ToListAsync(cancel);

    private sealed class Disputed
    {
        public Guid Upstream { get; init; }
        public long Count { get; init; }
        public long Amount { get; init; }
    }

    private sealed class Paid
    {
        public Guid Upstream { get; init; }
        public DateOnly? Last { get; init; }
    }
}
