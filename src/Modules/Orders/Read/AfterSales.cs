namespace HaoSuan.Orders;

/// <summary>After-sales as people look at them.</summary>
public sealed class AfterSales(Db db, TimeProvider time)
{
    /// <summary>Those of an order, the latest first.</summary>
    public async Task<IReadOnlyList<AfterSale>> OfOrderAsync(OrderId order, CancellationToken cancel = default) =>
        (await db.AfterSales.AsNoTracking().Where(a => a.OrderId == order).OrderByDescending(a => a.Number).ToListAsync(cancel))
        .ConvertAll(a => a.ToAfterSale());

    /// <summary>The work list: what is open by its deadline, then what was closed, the latest first.</summary>
    public async Task<IReadOnlyList<AfterSaleSummary>> ListAsync(AfterSaleFilter filter, int skip, int take, CancellationToken cancel = default)
    {
        var rows = await Filtered(filter).OrderBy(a => a.ClosedAt != null).ThenBy(a => a.ClosedAt == null ? a.DueAt : new Instant(0))
            .ThenByDescending(a => a.AskedAt).ThenBy(a => a.OrderId).Skip(skip).Take(take).ToListAsync(cancel);
        var ids = rows.ConvertAll(a => a.OrderId);
        var numbers = await db.Orders.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.OrderNo, cancel);
        return rows.ConvertAll(a => new AfterSaleSummary(a.ToAfterSale(), numbers[a.OrderId]));
    }

    public Task<int> CountAsync(AfterSaleFilter filter, CancellationToken cancel = default) => Filtered(filter).CountAsync(cancel);

    private IQueryable<AfterSaleRow> Filtered(AfterSaleFilter filter)
    {
        var rows = db.AfterSales.AsNoTracking();
        if (filter.OpenOnly) rows = rows.Where(a => a.ClosedAt == null);
        if (filter.State is { } state) rows = rows.Where(a => a.State == state);
        if (filter.Kind is { } kind) rows = rows.Where(a => a.Kind == kind);
        if (filter.Overdue)
        {
            var now = time.Now;
            rows = rows.Where(a => a.ClosedAt == null && a.DueAt <= now);
        }
        if (filter.Owner is { } owner) rows = owner.Length == 0 ? rows.Where(a => a.Owner == null) : rows.Where(a => a.Owner == owner);
        if (filter.Text?.Trim() is not { Length: > 0 } text) return rows;
        var orders = db.Orders.Where(o => o.OrderNo == text || o.Number == text);
        return rows.Where(a => a.OldIccid == text || a.NewIccid == text || orders.Any(o => o.Id == a.OrderId));
    }
}
