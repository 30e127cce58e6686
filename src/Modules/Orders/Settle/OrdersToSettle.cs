using System.Linq.Expressions;

namespace HaoSuan.Orders;

/// <summary>What settlement visits: confirmed orders with new facts, or whose target changes by the passing of time.</summary>
public sealed class OrdersToSettle(Db db)
{
    /// <summary>Orders that are due by then, by id, after the given one.</summary>
    public Task<IReadOnlyList<OrderToSettle>> DueAsync(Instant now, int take, OrderId? after = null, CancellationToken cancel = default) =>
        ReadAsync(Confirmed(after).Where(o => o.NextDueAt <= now), take, cancel);

    /// <summary>All confirmed orders, due or not: what a verification visits.</summary>
    public Task<IReadOnlyList<OrderToSettle>> AllAsync(int take, OrderId? after = null, CancellationToken cancel = default) =>
        ReadAsync(Confirmed(after), take, cancel);

    /// <summary>One order, or null where there is none or it was never confirmed.</summary>
    public async Task<OrderToSettle?> OneAsync(OrderId id, CancellationToken cancel = default) =>
        (await ReadAsync(Confirmed(null).Where(o => o.Id == id), 1, cancel)).SingleOrDefault();

    /// <summary>Notes that the order was settled with as many facts as that, and when it is due next without a new one. False,
    /// and nothing noted, where facts came in between.</summary>
    public async Task<bool> SettledAsync(OrderId id, int seenFactCount, Instant? nextDue, CancellationToken cancel = default) =>
        await db.Orders.Where(o => o.Id == id && o.FactCount == seenFactCount).ExecuteUpdateAsync(set => set
            .SetProperty(o => o.NextDueAt, nextDue)
            .SetProperty(o => o.SettleCount, o => o.SettleCount + 1), cancel) == 1;

    private IQueryable<OrderRow> Confirmed(OrderId? after)
    {
        var orders = db.Orders.AsNoTracking().Where(o => o.ConfirmedAt != null);
        return after is { } last ? orders.Where(After(last)) : orders;
    }

    // Ids have no order of their own, so C# cannot write "greater than"; in the database they have one, that of time.
    private static Expression<Func<OrderRow, bool>> After(OrderId last)
    {
        var order = Expression.Parameter(typeof(OrderRow));
        var bound = Expression.Property(Expression.Constant(new Bound(last)), nameof(Bound.Last));
        var greater = Expression.GreaterThan(
            Expression.Property(order, nameof(OrderRow.Id)), bound, liftToNull: false, ((Func<OrderId, OrderId, bool>)IsAfter).Method);
        return Expression.Lambda<Func<OrderRow, bool>>(greater, order);
    }

    private static bool IsAfter(OrderId a, OrderId b) => a.Value.CompareTo(b.Value) > 0;

    private sealed record Bound(OrderId Last);

    private async Task<IReadOnlyList<OrderToSettle>> ReadAsync(IQueryable<OrderRow> orders, int take, CancellationToken cancel)
    {
        var page = await orders.OrderBy(o => o.Id).Take(take).ToListAsync(cancel);
        var ids = page.Select(o => o.Id).ToList();
        var facts = (await db.Facts.AsNoTracking().Where(f => ids.Contains(f.OrderId)).ToListAsync(cancel)).ToLookup(f => f.OrderId);
        return [.. page.Select(o => new OrderToSettle(
            o.Id, o.OrderNo, o.ProductId, o.UpstreamId, o.SchemeVersion, o.OrderedAt, o.Paid,
            ChainText.Read(o.Chain), FactReading.Facts(facts[o.Id]), o.FactCount, o.SettleCount))];
    }
}
