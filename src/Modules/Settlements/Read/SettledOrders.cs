namespace HaoSuan.Settlements;

/// <summary>How orders stand for settlement (结算状态).</summary>
public sealed class SettledOrders(Db db)
{
    /// <summary>Those of the orders that a run has seen.</summary>
    public async Task<IReadOnlyDictionary<OrderId, OrderSettled>> OfAsync(
        IReadOnlyList<OrderId> orders, CancellationToken cancel = default) =>
        await db.SettledOrders.AsNoTracking().Where(o => EF.Parameter(orders).Contains(o.OrderId))
            .ToDictionaryAsync(o => o.OrderId, ToView, cancel);

    /// <summary>Orders that could not be settled: their terms contradict each other.</summary>
    public async Task<IReadOnlyList<OrderSettled>> RefusedAsync(int take, CancellationToken cancel = default) =>
        [.. (await db.SettledOrders.AsNoTracking().Where(o => o.Refusal != null).OrderBy(o => o.OrderNo)
            .Take(take).ToListAsync(cancel)).Select(ToView)];

    private static OrderSettled ToView(SettledOrderRow row) => new(
        row.OrderId, row.OrderNo, row.State, row.Pending, row.Available, row.Upstream, row.AsOf,
        row.Refusal is { } text ? RefusalText.Read(text) : null);
}
