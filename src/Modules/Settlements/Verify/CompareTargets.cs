using HaoSuan.Catalog;
using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>Targets with what is booked: orders evaluated anew as of their last settlement, months' bonuses counted anew.</summary>
internal sealed class CompareTargets(
    Db db, TenantScope tenant, OrdersToSettle orders, Schemes schemes, BonusTargets bonuses, CountCards cards, TimeProvider time)
{
    private const int Chunk = 1_000;

    public async Task<(long Orders, long Waiting, List<Refusal> Findings)> FindAsync(CancellationToken cancel)
    {
        var (count, waiting, findings) = (0L, 0L, await BonusesAsync(cancel));
        var page = await orders.AllAsync(Chunk, null, cancel);
        for (; page.Count > 0; page = await orders.AllAsync(Chunk, page[^1].Id, cancel))
        {
            var settled = await SettledAsync(page, cancel);
            foreach (var order in page)
            {
                count++;
                var before = settled.GetValueOrDefault(order.Id);
                if (before is null || before.FactCount != order.FactCount) waiting++;
                else if (await CompareAsync(order, before, cancel) is { } finding) findings.Add(finding);
            }
        }
        return (count, waiting, findings);
    }

    private async Task<Refusal?> CompareAsync(OrderToSettle order, SettledOrderRow row, CancellationToken cancel)
    {
        var scheme = (await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel)).Scheme;
        var (refusal, target) = Evaluation.Of(order, scheme, row.AsOf, tenant.Zone);
        if (refusal is not null) return row.Refusal is null ? new("settlements.target_differs", order.OrderNo) : null;
        var same = target.Upstream == row.Upstream && target.Lines.ToHashSet().SetEquals(Booked.Of(row).Lines);
        return same ? null : new("settlements.target_differs", order.OrderNo);
    }

    private Task<Dictionary<OrderId, SettledOrderRow>> SettledAsync(IReadOnlyList<OrderToSettle> page, CancellationToken cancel)
    {
        var ids = page.Select(o => o.Id).ToList();
        return db.SettledOrders.AsNoTracking().Where(o => EF.Parameter(ids).Contains(o.OrderId)).ToDictionaryAsync(o => o.OrderId, cancel);
    }

    private async Task<List<Refusal>> BonusesAsync(CancellationToken cancel)
    {
        var findings = await CardsAsync(cancel);
        var now = time.Now;
        foreach (var month in await db.BonusMonths.AsNoTracking().Where(m => m.NextDueAt == null || m.NextDueAt > now).ToListAsync(cancel))
        {
            if (month.AsOf == Instant.MinValue) continue;
            var booked = await db.BonusLines.AsNoTracking().Where(b => b.Month == month.Month).ToListAsync(cancel);
            var target = await bonuses.OfAsync(month.Month, month.AsOf, cancel);
            if (!target.ToHashSet().SetEquals(booked.Select(b => b.ToLine()))) findings.Add(new("settlements.bonuses_differ", month.Month));
        }
        return findings;
    }

    private async Task<List<Refusal>> CardsAsync(CancellationToken cancel)
    {
        var coverage = new Coverage(await schemes.BonusesAsync(cancel));
        var counted = await db.BonusCoverage.AsNoTracking().Select(c => c.Bonuses).SingleOrDefaultAsync(cancel);
        if ((counted ?? "") != coverage.Bonuses) return [];     // the next run counts
        var there = (await db.BonusCards.AsNoTracking().Where(c => c.Own != 0 || c.Team != 0).ToListAsync(cancel)).Select(Card).ToHashSet();
        there.SymmetricExceptWith((await cards.CountAsync(coverage, cancel)).Rows().Select(Card));
        return [.. there.Select(c => c.Month).Distinct().Order().Select(month => new Refusal("settlements.cards_differ", month))];
    }

    private static (Month Month, string, ProductId, DistributorId, int, int) Card(BonusCardRow c) =>
        (c.Month, c.Stage, c.ProductId, c.DistributorId, c.Own, c.Team);
}
