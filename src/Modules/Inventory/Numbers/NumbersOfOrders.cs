namespace HaoSuan.Inventory;

/// <summary>Which numbers of the pool orders keep.</summary>
public sealed class NumbersOfOrders(Db db)
{
    public async Task<IReadOnlyDictionary<OrderId, string>> FindAsync(IReadOnlyCollection<OrderId> orders, CancellationToken cancel = default)
    {
        var asked = orders.Select(o => (OrderId?)o).ToList();
        var kept = await db.Numbers.Where(n => n.OrderId != null && asked.Contains(n.OrderId)).Select(n => new { n.OrderId, n.Number }).ToListAsync(cancel);
        return kept.ToDictionary(n => n.OrderId!.Value, n => n.Number);
    }
}
