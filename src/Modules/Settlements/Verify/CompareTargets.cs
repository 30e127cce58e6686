using HaoSuan.Catalog;
using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>Targets with what is booked: orders evaluated anew as of their last settlement, months' bonuses counted anew.</summary>
internal sealed class CompareTargets(
    Db db, TenantScope tenant, OrdersToSettle orders, Schemes schemes, BonusTargets bonuses, TimeProvider time)
{
    private const int Chunk = 1_000;

    /// <param name="entered">What the ledger has as owed by the upstreams for all settlements.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<(long Orders, long Waiting, List<Refusal> Findings)> FindAsync(Money entered, CancellationToken cancel)
    {
        var (count, waiting, upstream, findings) = (0L, 0L, Money.Zero, await BonusesAsync(cancel));
        var page = await orders.AllAsync(Chunk, null, cancel);
        for (; page.Count > 0; page = await orders.AllAsync(Chunk, page[^1].Id, cancel))
        {
            var settled = await SettledAsync(page, cancel);
            foreach (var order in page)
            {
                count++;
                var before = settled.GetValueOrDefault(order.Id);
                upstream += before?.Row.Upstream ?? Money.Zero;
                if (before is null || before.Row.FactCount != order.FactCount || before.Row.AsOf == Instant.MinValue) waiting++;
                else if (await CompareAsync(order, before, cancel) is { } finding) findings.Add(finding);
            }
        }
        if (entered != upstream) findings.Add(new("settlements.upstream_differs", entered, upstream));
        return (count, waiting, findings);
    }

    private async Task<Refusal?> CompareAsync(OrderToSettle order, Booked before, CancellationToken cancel)
    {
        var scheme = (await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel)).Scheme;
        var (refusal, target) = Evaluation.Of(order, scheme, before.Row.AsOf, tenant.Zone);
        if (refusal is not null) return before.Row.Refusal is null ? new("settlements.target_differs", order.OrderNo) : null;
        var same = target.Upstream == before.Row.Upstream && target.Lines.ToHashSet().SetEquals(before.Lines);
        return same ? null : new("settlements.target_differs", order.OrderNo);
    }

    private async Task<Dictionary<OrderId, Booked>> SettledAsync(IReadOnlyList<OrderToSettle> page, CancellationToken cancel)
    {
        var ids = page.Select(o => o.Id).ToList();
        var rows = await db.SettledOrders.AsNoTracking().Where(o => EF.Parameter(ids).Contains(o.OrderId)).ToListAsync(cancel);
        var lines = await db.BookedOfAsync(ids, cancel);
        return rows.ToDictionary(r => r.OrderId, r => new Booked(r, [.. lines[r.OrderId].Select(b => b.ToLine())], []));
    }

    private async Task<List<Refusal>> BonusesAsync(CancellationToken cancel)
    {
        List<Refusal> findings = [];
        var now = time.Now;
        foreach (var month in await db.BonusMonths.AsNoTracking().Where(m => m.NextDueAt == null || m.NextDueAt > now).ToListAsync(cancel))
        {
            if (month.AsOf == Instant.MinValue) continue;
            var instance = month.Month.ToString();
            var booked = await db.Booked.AsNoTracking().Where(b => b.OrderId == default && b.Instance == instance).ToListAsync(cancel);
            var target = await bonuses.OfAsync(month.Month, month.AsOf, cancel);
            if (!target.ToHashSet().SetEquals(booked.Select(b => b.ToLine()))) findings.Add(new("settlements.bonuses_differ", instance));
        }
        return findings;
    }
}
