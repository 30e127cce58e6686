namespace HaoSuan.Settlements;

/// <summary>What upstreams owe, as it is booked: for each order, stage and instance.</summary>
public sealed class UpstreamIncome(Db db, TenantScope tenant)
{
    /// <summary>Everything of that upstream that was earned up to the end of the month, as of the orders' last settlement.</summary>
    public async Task<IReadOnlyList<BookedIncome>> OfAsync(UpstreamId upstream, Month until, CancellationToken cancel = default)
    {
        var end = tenant.Zone.StartOf((until + 1).First);
        var rows = await db.SettledOrders.Where(o => o.UpstreamId == upstream && o.Upstream.Minor != 0)
            .OrderBy(o => o.OrderNo).Select(o => new { o.OrderId, o.OrderNo, o.Booked }).ToListAsync(cancel);
        return [.. from row in rows
                   from stage in BookedBytes.Read(row.Booked, row.OrderId).Stages
                   where stage.EarnedAt < end && !stage.Upstream.IsZero
                   select new BookedIncome(
                       row.OrderId, row.OrderNo, stage.Stage, stage.Instance, tenant.Zone.DateOf(stage.EarnedAt), stage.Upstream)];
    }
}
