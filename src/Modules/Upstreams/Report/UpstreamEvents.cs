namespace HaoSuan.Upstreams;

/// <summary>How the events of an order were heard.</summary>
public sealed class UpstreamEvents(Db db)
{
    /// <summary>By their ids; what an upstream answered when the order was handed over is not among them.</summary>
    public async Task<IReadOnlyDictionary<string, HeardBy>> HeardAsync(OrderId order, CancellationToken cancel = default) =>
        (await db.UpstreamEvents.Where(e => e.OrderId == order).Select(e => new { e.EventId, e.HeardBy }).ToListAsync(cancel))
        .ToDictionary(e => e.EventId, e => e.HeardBy == Name(HeardBy.Callback) ? HeardBy.Callback : HeardBy.Query, StringComparer.Ordinal);

    /// <summary>As it stands in the table.</summary>
    internal static string Name(HeardBy by) => by switch
    {
        HeardBy.Callback => "callback",
        HeardBy.Query => "query",
    };
}
