using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Settling;
using HaoSuan.Settling.Outlook;

namespace HaoSuan.Outlook;

/// <summary>The open warnings (预警). What has to be done is told from the order as it stands now, not as it was when it was watched.</summary>
public sealed class Warnings(Db db, OrdersToSettle orders, Schemes schemes, TenantScope tenant, TimeProvider time)
{
    /// <summary>What somebody has to do; the rest only must not happen.</summary>
    private static readonly DeadlineKind[] Actionable = [DeadlineKind.Happen, DeadlineKind.Resume];

    /// <param name="distributor">Whose; null: everybody's.</param>
    /// <param name="actionable">Those for which something has to be done, or those for which something must not happen.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<int> CountAsync(DistributorId? distributor, bool actionable, CancellationToken cancel = default) =>
        Open(distributor, actionable).CountAsync(cancel);

    /// <summary>What is at stake in all of them, as far as it is known.</summary>
    public async Task<Money> SumAsync(DistributorId? distributor, bool actionable, CancellationToken cancel = default) =>
        new(await Open(distributor, actionable).SumAsync(w => w.Amount.Minor, cancel));

    /// <summary>The soonest first.</summary>
    public async Task<IReadOnlyList<Warning>> OpenAsync(
        DistributorId? distributor, bool actionable, int skip, int take, CancellationToken cancel = default)
    {
        var rows = await Open(distributor, actionable).AsNoTracking().OrderBy(w => w.Deadline).ThenByDescending(w => w.Amount.Minor)
            .ThenBy(w => w.OrderId).ThenBy(w => w.Stage).ThenBy(w => w.Position).ThenBy(w => w.DistributorId)
            .Skip(skip).Take(take).ToListAsync(cancel);
        var advice = new Advice(new(Language.Chinese, Currency.Cny, tenant.Zone, at => Moments.Text(at, tenant.Zone)));
        Dictionary<(OrderId, WarningKey), string> told = [];
        foreach (var id in rows.Select(r => r.OrderId).Distinct())
        {
            foreach (var deadline in await DeadlinesAsync(id, cancel)) told[(id, WarningKey.Of(deadline))] = advice.Tell(deadline);
        }
        return [.. rows.Select(r => new Warning(
            r.OrderId, r.OrderNo, r.DistributorId, r.ProductId, r.Kind, r.StageName, r.Deadline, r.Amount.IsZero ? null : r.Amount,
            told.GetValueOrDefault((r.OrderId, r.Key))))];
    }

    /// <summary>What is at stake by deadline and product.</summary>
    public async Task<IReadOnlyList<WarningTotal>> TotalsAsync(bool actionable, CancellationToken cancel = default)
    {
        var sums = await Open(null, actionable).GroupBy(w => new { w.Deadline, w.ProductId })
            .Select(g => new
            {
                g.Key.Deadline,
                g.Key.ProductId,
                Orders = g.Select(w => w.OrderId).Distinct().Count(),
                Amount = g.Sum(w => w.Amount.Minor),
            })
            .ToListAsync(cancel);
        return [.. sums.OrderBy(s => s.Deadline).ThenByDescending(s => s.Amount)
            .Select(s => new WarningTotal(s.Deadline, s.ProductId, s.Orders, new(s.Amount)))];
    }

    /// <summary>How those ended that ended since.</summary>
    public async Task<IReadOnlyList<WarningsEnded>> EndedAsync(bool actionable, Instant since, CancellationToken cancel = default)
    {
        var sums = await OfKind(actionable).Where(w => w.ResolvedAt >= since).GroupBy(w => w.Outcome)
            .Select(g => new { Outcome = g.Key, Orders = g.Select(w => w.OrderId).Distinct().Count(), Amount = g.Sum(w => w.Amount.Minor) })
            .ToListAsync(cancel);
        return [.. sums.Select(s => new WarningsEnded(s.Outcome!.Value, s.Orders, new(s.Amount)))];        // who ends one says how
    }

    private IQueryable<WarningRow> OfKind(bool actionable) =>
        actionable ? db.Warnings.Where(w => Actionable.Contains(w.Kind)) : db.Warnings.Where(w => !Actionable.Contains(w.Kind));

    private IQueryable<WarningRow> Open(DistributorId? distributor, bool actionable)
    {
        var now = time.Now;
        var open = OfKind(actionable).Where(w => w.ResolvedAt == null && w.Deadline > now);
        return distributor is { } one ? open.Where(w => w.DistributorId == one) : open;
    }

    private async Task<IReadOnlyList<Deadline>> DeadlinesAsync(OrderId id, CancellationToken cancel)
    {
        if (await orders.OneAsync(id, cancel) is not { } order) return [];
        var scheme = await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel);
        return OrderOutlook.Of(order, scheme.Scheme, time.Now, tenant.Zone).Deadlines;
    }
}
