namespace HaoSuan.Settlements;

/// <summary>What upstreams owe, as it is booked: for each order, stage and instance.</summary>
public sealed class UpstreamIncome(Db db)
{
    /// <summary>Everything of that upstream that was earned up to the end of the month, as of the orders' last settlement.</summary>
    public async Task<IReadOnlyList<BookedIncome>> OfAsync(UpstreamId upstream, Month until, CancellationToken cancel = default)
    {
        var orders = db.SettledOrders.Where(o => o.UpstreamId == upstream);
        return await db.Stages.Where(s => s.Month <= until && s.Upstream.Minor != 0)
            .Join(orders, s => s.OrderId, o => o.OrderId, (s, o) => new { Stage = s, o.OrderNo })
            .OrderBy(b => b.OrderNo).ThenBy(b => b.Stage.Stage).ThenBy(b => b.Stage.Instance)
            .Select(b => new BookedIncome(
                b.Stage.OrderId, b.OrderNo, b.Stage.Stage, b.Stage.Instance, b.Stage.Month, b.Stage.Upstream))
            .ToListAsync(cancel);
    }
}
